package io.chapar.habits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Imports point down only, stages know nothing of each other, and Spring and Camel stay in the topmost layer. */
@AnalyzeClasses(packages = "io.chapar", importOptions = OurCode.class)
class ArchitectureTest {

    /** All rules in one class, so that the code is read once. */
    @ArchTest
    static final ArchTests names = ArchTests.in(NamesRules.class);

    @ArchTest
    static final ArchTests keys_and_parsers = ArchTests.in(KeysAndParsersRules.class);

    @ArchTest
    static final ArchTests queues = ArchTests.in(QueuesRules.class);

    /** Layer 1, lowest first: each may use those before it. */
    private static final List<String> FOUNDATIONS = List.of("trust", "schema", "ledger", "record");

    /** Layer 2: none of them knows another. */
    private static final List<String> STAGES = List.of(
            "accept",
            "authenticate",
            "verify",
            "validate",
            "authorise",
            "transform",
            "deliver",
            "deadline",
            "console",
            "consular");

    @ArchTest
    static final ArchRule every_class_is_in_a_package_of_a_layer = classes()
            .should()
            .resideInAnyPackage(
                    packages(Stream.of(Stream.of("message", "app", "sandbox"), FOUNDATIONS.stream(), STAGES.stream())
                            .flatMap(names -> names)
                            .toList()))
            .because("a package without a layer is held to nothing: give it a place in this test and in the design");

    @ArchTest
    static final ArchRule the_domains_words_know_nothing_but_the_platform = classes()
            .that()
            .resideInAPackage("io.chapar.message..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("io.chapar.message..", "java..", "javax..", "org.w3c.dom..", "org.jspecify.."));

    @ArchTest
    static void foundations_use_only_what_lies_below_them(JavaClasses code) {
        for (int i = 0; i < FOUNDATIONS.size(); i++) {
            List<String> below = Stream.concat(Stream.of("message"), FOUNDATIONS.subList(0, i + 1).stream())
                    .toList();
            usesOfOurs(FOUNDATIONS.get(i), below).check(code);
        }
    }

    @ArchTest
    static void stages_never_import_each_other(JavaClasses code) {
        for (String stage : STAGES) {
            List<String> allowed = Stream.concat(Stream.of("message", stage), FOUNDATIONS.stream())
                    .toList();
            usesOfOurs(stage, allowed).check(code);
        }
    }

    @ArchTest
    static final ArchRule nobody_knows_the_application = noClasses()
            .that()
            .resideOutsideOfPackage("io.chapar.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.chapar.app..");

    @ArchTest
    static void the_sandbox_is_an_agency_and_knows_no_more_than_one(JavaClasses code) {
        usesOfOurs("sandbox", List.of("message", "trust", "schema", "sandbox")).check(code);
    }

    @ArchTest
    static final ArchRule only_the_application_is_wired_by_spring_and_camel = noClasses()
            .that()
            .resideOutsideOfPackages("io.chapar.app..", "io.chapar.sandbox..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.springframework.stereotype..",
                            "org.springframework.context..",
                            "org.springframework.beans..",
                            "org.springframework.boot..",
                            "org.springframework.web..",
                            "org.springframework.security..",
                            "org.apache.camel..")
                    .and(not(resideInAPackage("org.springframework.security.crypto.."))))
            .because("stages are plain classes with constructors, which the application hands what they need");

    @ArchTest
    static final ArchRule packages_do_not_turn_in_circles =
            slices().matching("io.chapar.(*)..").should().beFreeOfCycles();

    private static ArchRule usesOfOurs(String name, List<String> allowed) {
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.chapar..");
        DescribedPredicate<JavaClass> forbidden = ours.and(not(resideInAnyPackage(packages(allowed))));
        return noClasses()
                .that()
                .resideInAPackage("io.chapar." + name + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .as(name + " uses, of ours, only " + allowed);
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "io.chapar." + name + "..").toArray(String[]::new);
    }
}
