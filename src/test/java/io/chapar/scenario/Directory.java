package io.chapar.scenario;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.Register;
import io.chapar.trust.DoubtfulCertificates;
import io.chapar.trust.DoubtfulCertificates.Doubt;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A copy of the routes whose party directory also holds the doubtful certificates that scenarios ask for, beside the good
 * ones, and can lose parties for a while.
 */
final class Directory {

    static final String STRANGER = "stranger";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path file;
    private final List<Map<String, Object>> parties;
    private final Map<String, TestPki.Identity> clients = new HashMap<>();
    private final Map<String, TestPki.Identity> signers = new HashMap<>();

    private Directory(Path file) throws IOException {
        this.file = file;
        Map<String, List<Map<String, Object>>> root = YAML.readValue(file.toFile(), new TypeReference<>() {});
        this.parties = root.getOrDefault("parties", List.of());
    }

    /** @param encrypted whose queues hold ciphertext only; and whether it also receives by queue */
    static Directory make(
            Path routes,
            Path copy,
            Path certificates,
            Collection<ScenarioFile> scenarios,
            Map<String, Boolean> encrypted)
            throws IOException {
        Gateway.copied(routes, copy);
        Directory directory = new Directory(copy.resolve("parties.yaml"));
        encrypted.forEach(directory::encrypt);
        DoubtfulCertificates authority = new DoubtfulCertificates(certificates);
        directory.clients.put(STRANGER, authority.tls("STRANGER", Doubt.NONE));
        for (ScenarioFile scenario : scenarios) {
            directory.enter(authority, scenario);
        }
        authority.writeList();
        directory.write(List.of());
        return directory;
    }

    private void enter(DoubtfulCertificates authority, ScenarioFile scenario) throws IOException {
        String party = Sending.party(scenario);
        for (Doubt doubt : List.of(Doubt.REVOKED, Doubt.EXPIRED)) {
            String kind = doubt.name().toLowerCase(Locale.ROOT);
            String name = kind + ":" + party;
            if (scenario.given().text("tls", "").equals(kind) && !clients.containsKey(name)) {
                TestPki.Identity identity = authority.tls(party, doubt);
                clients.put(name, identity);
                add(party, "tls", authority.write(party + "-tls-" + kind, identity));
            }
            boolean signs =
                    scenario.given().below("sign").text("certificate", "").equals(kind);
            if (signs && !signers.containsKey(name)) {
                TestPki.Identity identity = authority.signing(party, doubt);
                signers.put(name, identity);
                add(party, "signing", authority.write(party + "-sign-" + kind, identity));
            }
        }
    }

    private Map<String, Object> entry(String party) {
        return parties.stream()
                .filter(each -> party.equals(each.get("code")))
                .findFirst()
                .orElseThrow();
    }

    private void encrypt(String party, boolean receives) {
        Map<String, Object> entry = entry(party);
        entry.put("clearQueues", "jwe");
        if (receives) {
            entry.put("channel", "queue");
            entry.remove("address");
        }
    }

    /** The gateway reads it when it is told to. */
    void channel(String party, String channel) throws IOException {
        entry(party).put("channel", channel);
        write(List.of());
    }

    @SuppressWarnings("unchecked")
    private void add(String party, String use, Path certificate) {
        Map<String, Object> entry = entry(party);
        Map<String, List<Object>> certificates =
                (Map<String, List<Object>>) entry.getOrDefault("certificates", Map.of());
        List<Object> all = new ArrayList<>(certificates.getOrDefault(use, List.of()));
        all.add(certificate.toString());
        certificates.put(use, all);
    }

    /** Writes the directory without these parties; the gateway reads it when it is told to. */
    void write(Collection<String> without) throws IOException {
        YAML.writeValue(
                file.toFile(),
                Map.of(
                        "parties",
                        parties.stream()
                                .filter(party -> !without.contains(party.get("code")))
                                .toList()));
    }

    List<Agencies.Seat> seats() {
        return parties.stream()
                .map(party -> new Agencies.Seat(
                        new PartyCode(String.valueOf(party.get("code"))),
                        !"unsigned".equals(party.get("acknowledgement"))))
                .toList();
    }

    /** Those who are asked, each with this register. */
    Map<PartyCode, Register> providers(Register register) {
        Map<PartyCode, Register> providers = new HashMap<>();
        parties.stream()
                .filter(party -> party.containsKey("queries"))
                .forEach(party -> providers.put(new PartyCode(String.valueOf(party.get("code"))), register));
        return providers;
    }

    /** Receivers that fetch, from a mailbox or a queue. */
    List<PartyCode> fetching(String channel, Collection<ScenarioFile> scenarios) {
        return parties.stream()
                .filter(party -> channel.equals(party.get("channel")))
                .map(party -> String.valueOf(party.get("code")))
                .filter(code -> scenarios.stream()
                        .anyMatch(
                                scenario -> scenario.then().texts("deliveredTo").contains(code)))
                .map(PartyCode::new)
                .toList();
    }

    Map<String, TestPki.Identity> doubtfulClients() {
        return clients;
    }

    Optional<TestPki.Identity> doubtfulSigner(String kind, String party) {
        return Optional.ofNullable(signers.get(kind + ":" + party));
    }
}
