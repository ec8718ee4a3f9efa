package io.chapar.authorise;

import io.chapar.message.Agreement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the law keeps apart (¶129): information on the legal status of the parents of foreign children at school is not
 * exchanged between the Ministry of Education and the State Migration Service. The list is built in, so that no file
 * can open what the law closes.
 */
public final class ForbiddenLinks {

    /** The word under which a start is refused. */
    public static final String CODE = "CHAPAR-FORBIDDEN";

    private static final String EDUCATION = "ME";
    private static final String MIGRATION = "SMS";
    private static final Set<String> ALLOWED = Set.of("readmission-case", "student-enrolment");

    private ForbiddenLinks() {}

    /** Whether two parties must not be linked by this exchange. */
    public static boolean forbids(String exchange, String one, String other) {
        boolean link =
                one.equals(EDUCATION) && other.equals(MIGRATION) || one.equals(MIGRATION) && other.equals(EDUCATION);
        return link && !ALLOWED.contains(exchange);
    }

    /** Whether the agreement touches both: as senders, receivers or entitled parties, directly or side by side. */
    public static boolean forbids(Agreement agreement) {
        Set<String> named = new HashSet<>(agreement.senders());
        agreement.receivers().forEach(receiver -> named.add(receiver.party().value()));
        agreement.entitlements().forEach(entitlement -> named.addAll(entitlement.parties()));
        List<String> all = new ArrayList<>(named);
        return all.stream()
                .anyMatch(one -> all.stream()
                        .anyMatch(other -> forbids(agreement.exchange().exchange(), one, other)));
    }
}
