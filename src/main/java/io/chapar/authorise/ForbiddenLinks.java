package io.chapar.authorise;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

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

    /** Whether an exchange links them: one gives to the other, or both receive the same message. */
    public static boolean forbids(String exchange, Collection<String> senders, Collection<String> receivers) {
        return receivers.stream()
                .anyMatch(receiver -> Stream.concat(senders.stream(), receivers.stream())
                        .anyMatch(other -> forbids(exchange, other, receiver)));
    }
}
