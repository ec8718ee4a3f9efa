package io.chapar.app.start;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one list of all settings whose names begin with {@code chapar}: what is not in it is set in vain. */
final class SettingNames {

    static final String PREFIX = "chapar.";

    /** Stands for a party's code, or another name that is chosen freely. */
    private static final String CODE = "<CODE>";

    private static final String ANYTHING = ".+";

    /** So many letters may be wrong, and it is still clear what was meant. */
    private static final int MISSPELT = 5;

    static final List<String> ALL = Stream.of(
                    of(
                            "",
                            "certificates data database.url longest-stop mode routes schemas users keys.folder"
                                    + " keys.password keys.sealing-key ledger.merge-delay ledger.origin"),
                    of("attachments.", "folder largest largest-document largest-together left-alone sweep"),
                    of(
                            "batches.",
                            "folder incomplete kept largest-message most-bytes most-messages most-unpacked"
                                    + " open-for-each"),
                    of(
                            "broker.",
                            "amqp-host amqp-port amqp-protocols answers clear-queues id-cache journal-file"
                                    + " largest-message max-disk-usage memory nodes-host nodes-port queue-memory store unacknowledged"
                                    + " url window"),
                    of(
                            "deliver.",
                            "comparison concurrency connect-timeout first-back-off largest-acknowledgement"
                                    + " largest-answer largest-in-queue longest-back-off longest-retry-after"
                                    + " query-timeout response-timeout"),
                    of(
                            "doors.",
                            "at-once longest-turn-wait longest-upload longest-wait mailbox-invisible maximum-bytes"
                                    + " most-deliveries public-address slowest-body"),
                    of("ocsp.", "every longest-wait timeout"),
                    of("ocsp.responders." + CODE + ".", "issuers url"),
                    of(
                            "oidc.",
                            "admins auditors client-id client-secret-file issuer name-claim operators role-claim scopes"
                                    + " trusted viewers"),
                    of("parties." + CODE + ".", "address channel clear-queues queries"),
                    of("quotas.", "backlog burst messages-per-second"),
                    of("quotas.parties." + CODE + ".", "backlog burst messages-per-second"),
                    of("sandbox.", "enabled messages play port rate seed"),
                    of("sessions.", "longest"),
                    of("timestamps.", "every grace policy revocation-lists timeout trusted url"),
                    of("token.", "at-once library pin-file slot"),
                    of(
                            "trust.",
                            "authorities clock-skew encryption-certificate encryption-key key-password-file revocation-grace"
                                    + " revocation-lists signing-certificate signing-key tls-certificate tls-key"))
            .flatMap(each -> each)
            .toList();

    private static final List<Pattern> KNOWN = ALL.stream()
            .map(name -> Pattern.compile(Stream.of(name.split(CODE, -1))
                    .map(SettingNames::bare)
                    .reduce((before, after) -> before + ANYTHING + after)
                    .orElseThrow()))
            .toList();

    private SettingNames() {}

    private static Stream<String> of(String group, String names) {
        return Stream.of(names.split(" ", -1)).map(name -> PREFIX + group + name);
    }

    /** In any of the spellings that Spring Boot takes for the same ("relaxed binding"), and with an index after a list. */
    static boolean known(String name) {
        String bare = bare(name.replaceAll("\\[\\d+]$", ""));
        return KNOWN.stream().anyMatch(each -> each.matcher(bare).matches());
    }

    /** What was probably meant. */
    static Optional<String> nearest(String name) {
        return ALL.stream()
                .map(each -> withCode(each, name))
                .min(Comparator.comparingInt(each -> distance(bare(each), bare(name))))
                .filter(each -> distance(bare(each), bare(name)) <= MISSPELT);
    }

    /** The code is whatever stands in its place. */
    private static String withCode(String known, String name) {
        int place = List.of(known.split("\\.")).indexOf(CODE);
        String[] parts = name.split("\\.");
        return place >= 0 && place < parts.length ? known.replace(CODE, parts[place]) : known;
    }

    private static String bare(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be put in, taken out or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
