package io.chapar.sandbox.agency;

import io.chapar.sandbox.post.People;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A register of foreigners who do not exist, and of bans on some of them. Like the register of population it makes them up
 * from the number that is asked for: one in six belongs to nobody, and one document in twelve to somebody who may not pass.
 */
final class MigrationRegister implements Register {

    private static final int NOBODY = 6;
    private static final int RESTRICTED = 12;
    private static final List<String> STATUSES =
            List.of("temporary-stay", "temporary-residence", "permanent-residence", "refugee", "without-ground");
    /** With these nobody needs a permit to work; of the other grounds it knows none. */
    private static final Set<String> UNRESTRICTED = Set.of("permanent-residence", "refugee");

    private static final List<String> EMPLOYERS =
            List.of("Xəzər Tikinti MMC", "Odlar Yurdu Otelləri ASC", "Caspian Drilling Services Ltd.");
    private static final List<String> REGIONS = List.of("AZ-BA-SBL", "AZ-BA-XTI", "AZ-BA-NRM", "AZ-GA", "AZ-SM");

    private final Clock clock;

    MigrationRegister(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Map<String, Object>> find(Content question) {
        LocalDate today = LocalDate.now(clock);
        return switch (question.exchange()) {
            case "travel-restriction-check" ->
                restriction(question.must("/direction"), question.must("/travelDocument/number"), today);
            case "migration-status-lookup" ->
                question.text("/identificationNumber")
                        .or(() -> question.text("/document/number"))
                        .flatMap(number -> foreigner(number, today));
            default -> Optional.empty();
        };
    }

    private static Optional<Map<String, Object>> restriction(String direction, String number, LocalDate today) {
        Random fate = Fate.of(direction + number);
        if (fate.nextInt(RESTRICTED) != 0) {
            return Optional.empty();
        }
        Map<String, Object> found = new LinkedHashMap<>();
        if (fate.nextBoolean()) {
            found.put("until", today.plusDays(1 + fate.nextInt(900)).toString());
        }
        String kind = direction.equals("entry") ? "EB" : "XR";
        found.put(
                "decisionNumber",
                String.format(Locale.ROOT, "%s-%d/%05d", kind, today.getYear(), 1 + fate.nextInt(9_999)));
        return Optional.of(found);
    }

    private static Optional<Map<String, Object>> foreigner(String number, LocalDate today) {
        Random fate = Fate.of(number);
        if (fate.nextInt(NOBODY) == 0) {
            return Optional.empty();
        }
        Map<String, Object> foreigner = new People(fate).traveller();
        String status = STATUSES.get(fate.nextInt(STATUSES.size()));
        LocalDate since = today.minusDays(10 + fate.nextInt(300));
        LocalDate until = today.plusDays(20 + fate.nextInt(300));
        foreigner.put("status", status);
        foreigner.put("lawfulStay", !status.equals("without-ground"));
        if (status.startsWith("temporary")) {
            foreigner.put("stayUntil", until.toString());
        }
        if (status.endsWith("residence")) {
            Map<String, Object> permit = permit(status.replace("-residence", ""), "AZT", fate, since);
            permit.put("expiryDate", until.toString());
            foreigner.put("residencePermit", permit);
        }
        foreigner.put("workPermitRequired", !UNRESTRICTED.contains(status));
        if (status.equals("temporary-residence")) {
            Map<String, Object> permit = new LinkedHashMap<>();
            permit.put("number", "WP" + (100_000 + fate.nextInt(900_000)));
            permit.put("employer", EMPLOYERS.get(fate.nextInt(EMPLOYERS.size())));
            permit.put("issueDate", since.toString());
            permit.put("expiryDate", until.toString());
            foreigner.put("workPermit", permit);
        }
        if (!status.equals("without-ground")) {
            foreigner.put("registration", registration(fate, since));
        }
        return Optional.of(Map.of("foreigner", foreigner));
    }

    private static Map<String, Object> permit(String kind, String series, Random fate, LocalDate since) {
        Map<String, Object> permit = new LinkedHashMap<>();
        permit.put("kind", kind);
        permit.put("number", series + (1_000_000 + fate.nextInt(9_000_000)));
        permit.put("issueDate", since.toString());
        return permit;
    }

    private static Map<String, Object> registration(Random fate, LocalDate since) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("region", REGIONS.get(fate.nextInt(REGIONS.size())));
        place.put("thoroughfare", "Üzeyir Hacıbəyli küçəsi");
        place.put("locatorDesignator", Integer.toString(1 + fate.nextInt(90)));
        Map<String, Object> registration = new LinkedHashMap<>();
        registration.put("place", place);
        registration.put("since", since.toString());
        return registration;
    }
}
