package io.chapar.scenario;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Fields;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Of every exchange that tells something, its full sample corrected and withdrawn: it comes as that to all who received it.
 * From an exchange to the next the formats change sides.
 */
final class Afterwards {

    private Afterwards() {}

    static List<ScenarioFile> all() {
        List<ScenarioFile> scenarios = new ArrayList<>();
        List<Agreement> told = RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                .filter(agreement -> agreement.disabled().isEmpty())
                .toList();
        for (int i = 0; i < told.size(); i++) {
            boolean json = i % 2 == 0;
            scenarios.add(scenario(told.get(i), "correct", json ? "json" : "xml"));
            scenarios.add(scenario(told.get(i), "withdraw", json ? "xml" : "json"));
        }
        return scenarios;
    }

    private static ScenarioFile scenario(Agreement agreement, String action, String format) {
        List<String> receivers = receivers(agreement);
        return new ScenarioFile(
                agreement.exchange().exchange(),
                action + "-in-" + format,
                false,
                new Entry(Map.of("sample", "full", "format", format, "later", action)),
                new Entry(Map.of(
                        "status",
                        202,
                        "deliveredTo",
                        receivers,
                        "delivered",
                        receivers.stream()
                                .collect(Collectors.toMap(
                                        receiver -> receiver, receiver -> Map.of("/header/action", action))))));
    }

    private static List<String> receivers(Agreement agreement) {
        Fields said = said(agreement);
        return agreement.receivers().stream()
                .filter(receiver ->
                        receiver.when().map(when -> when.holds(said)).orElse(true))
                .map(receiver -> receiver.party().value())
                .toList();
    }

    private static Fields said(Agreement agreement) {
        String sample = Passages.sample(agreement.exchange().exchange(), "full.json");
        try {
            return RealFiles.SCHEMAS
                    .of(agreement.exchange())
                    .message()
                    .fields(HardenedJson.parse(sample.getBytes(StandardCharsets.UTF_8)));
        } catch (Malformed e) {
            throw new IllegalArgumentException(agreement.exchange() + " has no readable sample", e);
        }
    }
}
