package io.chapar.authorise;

import io.chapar.message.Catalogue;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** One exchange that the law leaves open, in its one direction. */
    private record Open(String from, String to, Optional<List<String>> fields) {}

    /** Readmission: who needs which education (¶28, ¶113). Enrolment: who studies, above school (¶126). */
    private static final Map<String, Open> OPEN = Map.of(
            "readmission-case",
            new Open(
                    MIGRATION,
                    EDUCATION,
                    Optional.of(List.of(
                            "/header",
                            "/person/identificationNumber",
                            "/person/familyName",
                            "/person/givenName",
                            "/person/patronymicName",
                            "/person/birthDate",
                            "/person/sex",
                            "/needs/education"))),
            "student-enrolment",
            new Open(EDUCATION, MIGRATION, Optional.empty()));

    private ForbiddenLinks() {}

    /** Whether this is one of the two parties. */
    public static boolean concerns(String party) {
        return party.equals(EDUCATION) || party.equals(MIGRATION);
    }

    /** Whether these are the two parties. */
    public static boolean apart(String one, String other) {
        return concerns(one) && concerns(other) && !one.equals(other);
    }

    /** Whether nothing may go by this exchange from the one to the other. */
    public static boolean forbids(String exchange, String from, String to) {
        Open open = OPEN.get(exchange);
        return apart(from, to)
                && (open == null || !open.from().equals(from) || !open.to().equals(to));
    }

    /** Whether this exchange, as it is agreed, would carry what this party sends to the other one. */
    public static boolean closes(Catalogue catalogue, String exchange, String from) {
        return catalogue.all().stream()
                .filter(agreement -> agreement.exchange().exchange().equals(exchange))
                .flatMap(agreement -> agreement.receivers().stream())
                .anyMatch(receiver -> forbids(exchange, from, receiver.party().value()));
    }

    /** What a party is told that tries all the same. */
    public static Refusal refusal() {
        return new Refusal(ProblemCode.FORBIDDEN, "The law keeps these two parties apart (report, paragraph 129).");
    }

    /** Whether an exchange links them: one gives to the other, or both receive the same message. */
    public static boolean forbids(String exchange, Collection<String> senders, Collection<String> receivers) {
        boolean given = receivers.stream()
                .anyMatch(receiver -> senders.stream().anyMatch(sender -> forbids(exchange, sender, receiver)));
        return given || receivers.containsAll(Set.of(EDUCATION, MIGRATION));
    }

    /** Whether what the receiver gets by this exchange comes from the other one, and so must hold no free text. */
    public static boolean watches(String exchange, String receiver) {
        return Optional.ofNullable(OPEN.get(exchange))
                .filter(open -> open.to().equals(receiver))
                .isPresent();
    }

    /** Whether this party is the one of the two that may give to the other by this exchange. */
    public static boolean opens(String exchange, String from) {
        return Optional.ofNullable(OPEN.get(exchange))
                .filter(open -> open.from().equals(from))
                .isPresent();
    }

    /** Whether the receiver may see this field of an exchange that is watched. */
    public static boolean mayShow(String exchange, String pointer) {
        return Optional.ofNullable(OPEN.get(exchange))
                .flatMap(Open::fields)
                .map(fields -> fields.stream().anyMatch(open -> pointer.equals(open) || pointer.startsWith(open + "/")))
                .orElse(true);
    }
}
