package io.chapar.app.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the catalogue must hold, whatever the folders hold: the exchanges between the agencies, by code.
 *
 * @param from empty where the agreement itself is the only place that says it
 */
record CatalogueRow(String code, String pattern, Set<String> from, Set<String> to, boolean disabled) {

    private static final String ROWS = """
            birth-notification             | notify | MH                            | SPR, MJ
            identification-number-assigned | notify | SPR                           | MH, MJ
            birth-registration             | notify | MJ, CONSULATES                | SPR
            birth-registration-overdue     | emit   | CHAPAR                        | MJ
            civil-status-act               | notify | CONSULATES                    | MJ, SPR
            consular-registration          | notify | CONSULATES                    | MFA, SPR, MLSPP
            return-certificate             | notify | CONSULATES                    | SBS, SMS
            labour-contract-notification   | notify | MLSPP                         | SMS
            early-termination-notice       | notify | MLSPP                         | SMS
            departure-term                 | notify | SMS                           | SBS, MLSPP
            work-permit                    | notify | SMS                           | MLSPP
            residence-permit               | notify | SMS                           | SPR, SBS, MLSPP
            stay-registration              | notify | HOTELS, ASAN                  | SMS
            stay-extension                 | notify | SMS                           | SBS
            border-crossing                | notify | SBS                           | SMS
            travel-restriction             | notify | SMS                           | SBS
            travel-restriction-check       | query  | SBS, ASAN                     | SMS
            person-lookup                  | query  |                               | SPR
            migration-status-lookup        | query  | ACD, MLSPP, MT, SBS, SSS      | SMS
            e-visa                         | notify | ASAN                          | SBS, SMS
            asylum-referral                | notify | SBS, MIA, SSS, LOCAL-AUTHORITIES | SMS
            unaccompanied-minor            | notify | SMS, SBS                      | GTA
            trafficking-referral           | notify | SMS                           | MIA
            readmission-case               | notify | SMS                           | MH, MLSPP, ME
            health-card-registration       | notify | MH                            | SMS | disabled
            student-enrolment              | notify | ME                            | SMS
            entrepreneur-registration      | notify | MT                            | SMS
            citizenship-decision           | notify | CCI                           | SMS, SPR
            voters-abroad                  | notify | MFA                           | CEC
            migration-statistics           | notify | SMS                           | SSC
            """;

    static List<CatalogueRow> all() {
        return ROWS.lines().map(CatalogueRow::of).toList();
    }

    private static CatalogueRow of(String line) {
        String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        return new CatalogueRow(cells[0], cells[1], codes(cells[2]), codes(cells[3]), cells.length > 4);
    }

    private static Set<String> codes(String cell) {
        return cell.isEmpty() ? Set.of() : new TreeSet<>(List.of(cell.split(", ", -1)));
    }

    @Override
    public String toString() {
        return code;
    }
}
