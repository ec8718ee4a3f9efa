package io.chapar.habits;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** A name says what a thing is. */
final class NamesRules {

    private NamesRules() {}

    @ArchTest
    static final ArchRule camel_owns_the_word_exchange =
            noClasses().should().haveSimpleName("Exchange").because("two meanings of one word in one route mislead");

    @ArchTest
    static final ArchRule no_name_hides_what_a_class_does = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Utility|Manager|Helper|Helpers|Impl|Misc|Common)")
            .because("such a name takes in whatever has no place: name the thing it is");
}
