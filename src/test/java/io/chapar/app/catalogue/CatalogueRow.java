package io.chapar.app.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the catalogue must hold, whatever the folders hold: the exchanges between the agencies, by code.
 *
 * @param from empty where the agreement itself is the only place that says it
 * @param paragraphs of the report
 * @param rules what the exchange's own rule brings into its agreement, in the words of {@link RowAgreement}
 */
record CatalogueRow(
        String code,
        String pattern,
        Set<String> from,
        Set<String> to,
        String basis,
        Set<Integer> paragraphs,
        Set<String> rules) {

    private static final String ROWS = """
            birth-notification             | notify | MH                            | SPR, MJ         | report     | 137-141            | gatewaySets /registrationDepartment, mapping MJ, obligation 1 months, awaits birth-registration, emits birth-registration-overdue
            identification-number-assigned | notify | SPR                           | MH, MJ          | assumption | 140                | assigns /identificationNumber
            birth-registration             | notify | MJ, CONSULATES                | SPR             | assumption | 137, 144-145       | deadline 1 months, bulk
            birth-registration-overdue     | emit   | CHAPAR                        | MJ              | assumption | 137, 140-141       |
            civil-status-act               | notify | CONSULATES                    | MJ, SPR         | assumption | 144-145, 243       | deadline 1 months, bulk
            consular-registration          | notify | CONSULATES                    | MFA, SPR, MLSPP | assumption | 31-33, 66          | deadline 1 months, when MLSPP, attachments, bulk
            return-certificate             | notify | CONSULATES                    | SBS, SMS        | assumption | 46, 243-244        | bulk
            labour-contract-notification   | notify | MLSPP                         | SMS             | report     | 36, 124            | deadline 1 working-days, when SMS
            early-termination-notice       | notify | MLSPP                         | SMS             | assumption | 7                  | deadline 5 working-days, when SMS
            departure-term                 | notify | SMS                           | SBS, MLSPP      | assumption | 7                  | obligation 10 working-days, awaits border-crossing
            work-permit                    | notify | SMS                           | MLSPP           | assumption | 35, 81-82          |
            residence-permit               | notify | SMS                           | SPR, SBS, MLSPP | assumption | 22, 148, 171, 175  |
            stay-registration              | notify | HOTELS, ASAN                  | SMS             | report     | 23, 27, 42, 235    | when SMS, bulk
            stay-extension                 | notify | SMS                           | SBS             | assumption | 22, 235            |
            border-crossing                | notify | SBS                           | SMS             | report     | 27, 235            | orderingKey required
            travel-restriction             | notify | SMS                           | SBS             | assumption | 75, 92             | orderingKey required
            travel-restriction-check       | query  | SBS, ASAN                     | SMS             | assumption | 42                 | purposes, entitlements
            person-lookup                  | query  |                               | SPR             | assumption | 27, 140            | purposes, entitlements
            migration-status-lookup        | query  | ACD, MLSPP, MT, SBS, SSS      | SMS             | assumption | 27, 129            | purposes, entitlements
            e-visa                         | notify | ASAN                          | SBS, SMS        | assumption | 80                 | deadline 3 hours, deadline 3 working-days
            asylum-referral                | notify | SBS, MIA, SSS, LOCAL-AUTHORITIES | SMS          | report     | 105-106            | deadline 3 working-days, restricted, attachments
            unaccompanied-minor            | notify | SMS, SBS                      | GTA             | report     | 102-103            | restricted
            trafficking-referral           | notify | SMS                           | MIA             | report     | 86                 | restricted
            readmission-case               | notify | SMS                           | MH, MLSPP, ME   | report     | 28, 113-116        | when MH, when MLSPP, when ME
            health-card-registration       | notify | MH                            | SMS             | assumption | 135                | disabled
            student-enrolment              | notify | ME                            | SMS             | assumption | 27, 126, 129       |
            entrepreneur-registration      | notify | MT                            | SMS             | assumption | 27, 90             |
            citizenship-decision           | notify | CCI                           | SMS, SPR        | assumption | 23, 27             |
            voters-abroad                  | notify | MFA                           | CEC             | report     | 165-166            | deadline -25 calendar-days
            migration-statistics           | notify | SMS                           | SSC             | report     | 39                 |
            """;

    static List<CatalogueRow> all() {
        return ROWS.lines().map(CatalogueRow::of).toList();
    }

    private static CatalogueRow of(String line) {
        String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        return new CatalogueRow(
                cells[0],
                cells[1],
                words(cells[2]),
                words(cells[3]),
                cells[4],
                words(cells[5]).stream()
                        .flatMapToInt(CatalogueRow::range)
                        .boxed()
                        .collect(Collectors.toSet()),
                words(cells[6]));
    }

    private static IntStream range(String cell) {
        String[] ends = cell.split("-", -1);
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }

    private static Set<String> words(String cell) {
        return cell.isEmpty() ? Set.of() : new TreeSet<>(List.of(cell.split(", ", -1)));
    }

    boolean disabled() {
        return rules.contains("disabled");
    }

    @Override
    public String toString() {
        return code;
    }
}
