package io.chapar.habits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.Set;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Nothing waits in a queue that may grow for ever: under pressure it would, until the memory is gone. */
final class QueuesRules {

    private QueuesRules() {}

    private static final Set<String> QUEUES = Set.of(
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.LinkedBlockingDeque",
            "java.util.concurrent.ConcurrentLinkedQueue",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.LinkedTransferQueue",
            "java.util.concurrent.PriorityBlockingQueue",
            "java.util.concurrent.DelayQueue");

    /** Executors with a queue, or with threads, without an end. */
    private static final Set<String> EXECUTORS =
            Set.of("newFixedThreadPool", "newSingleThreadExecutor", "newCachedThreadPool");

    /** Who has such a queue, and what bounds it. */
    private static final Map<String, String> BOUNDED_OTHERWISE = Map.of(
            "io.chapar.schema.Pool", "holds as many as ever worked at once",
            "io.chapar.trust.HardenedXml", "the same",
            "io.chapar.app.rest.Waiters", "lets only so many join",
            "io.chapar.app.batch.BatchKeeping", "a batch has only so many messages under way");

    @ArchTest
    static void no_queue_without_a_bound(JavaClasses code) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.chapar.sandbox..")
                .and(describe("are not named here", type -> !BOUNDED_OTHERWISE.containsKey(type.getName())))
                .should()
                .callCodeUnitWhere(isWithoutBound())
                .because("say how much may wait, or name the class here with what bounds it")
                .check(code);
    }

    private static DescribedPredicate<JavaCall<?>> isWithoutBound() {
        return describe("makes a queue without a bound", call -> {
            AccessTarget.CodeUnitCallTarget target = call.getTarget();
            String owner = target.getOwner().getName();
            boolean bounded = target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(int.class));
            return target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME) && QUEUES.contains(owner) && !bounded
                    || owner.equals("java.util.concurrent.Executors") && EXECUTORS.contains(target.getName());
        });
    }
}
