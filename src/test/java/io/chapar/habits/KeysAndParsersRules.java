package io.chapar.habits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Keys, signatures, certificate paths and parsers are touched in one package; whoever else must is named here. */
final class KeysAndParsersRules {

    private KeysAndParsersRules() {}

    /** One exception: who uses what outside {@code trust}, and why. */
    private record Leave(String who, Set<String> what, String why) {}

    private static final Set<String> GUARDED = Set.of(
            "javax.xml.parsers.DocumentBuilderFactory",
            "javax.xml.parsers.SAXParserFactory",
            "javax.xml.stream.XMLInputFactory",
            "javax.xml.transform.TransformerFactory",
            "org.xml.sax.helpers.XMLReaderFactory",
            "java.security.Signature",
            "java.security.KeyStore",
            "java.security.KeyFactory",
            "java.security.KeyPairGenerator",
            "java.security.cert.CertPathValidator",
            "java.security.cert.CertificateFactory",
            "javax.crypto.Cipher",
            "javax.crypto.Mac",
            "javax.net.ssl.TrustManagerFactory");

    private static final List<Leave> EXCEPTIONS = List.of(new Leave(
            "io.chapar.record",
            Set.of("javax.crypto.Cipher"),
            "encrypts the stored payloads, each with a key of its own"));

    @ArchTest
    static void only_trust_touches_keys_signatures_and_parsers(JavaClasses code) {
        for (String guarded : GUARDED) {
            String[] allowed = EXCEPTIONS.stream()
                    .filter(exception -> exception.what().contains(guarded))
                    .map(exception -> exception.who() + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.chapar.trust..")
                    .and()
                    .resideOutsideOfPackages(allowed)
                    .should()
                    .dependOnClassesThat(named(guarded))
                    .because("trust has the one hardened way to do this; an exception is named here with its reason")
                    .check(code);
        }
    }

    @ArchTest
    static final ArchRule only_trust_knows_the_libraries_of_trust = noClasses()
            .that()
            .resideOutsideOfPackages("io.chapar.trust..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.bouncycastle..", "org.apache.xml.security.."));

    @ArchTest
    static final ArchRule nothing_comes_from_a_scripting_engine =
            noClasses().should().dependOnClassesThat(resideInAPackage("javax.script.."));

    @ArchTest
    static final ArchRule standard_output_belongs_to_commands = noClasses()
            .that()
            .resideOutsideOfPackages("io.chapar.app..", "io.chapar.sandbox..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("what the gateway has to say goes to its log; only commands and the sandbox's table print");

    @ArchTest
    static final ArchRule only_main_ends_the_process = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.chapar.app.Chapar")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("a refusal is told, not a reason to stop serving everybody else");

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe(name, type -> type.getName().equals(name));
    }
}
