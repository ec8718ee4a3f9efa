package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.attacks.Attack;
import io.chapar.attacks.Attacks;
import io.chapar.attacks.Author;
import io.chapar.attacks.Bait;
import io.chapar.attacks.Cast;
import io.chapar.attacks.Form;
import io.chapar.attacks.Original;
import io.chapar.attacks.Tally;
import io.chapar.message.Agreement;
import io.chapar.message.ProblemCode;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The attacks of all classes as messages of a batch, each signed by itself: the batch is taken, and of the attacks none. A
 * quarter of the classes in each build, all with {@code -Dchapar.test.attacks=all}.
 */
class AttackedBatchTest {

    private static final boolean ALL = "all".equals(System.getProperty("chapar.test.attacks"));
    private static final int PARTS = ALL ? 1 : 4;
    private static final String SENDER = "HOTEL-1";
    private static final String OTHER = "HOTEL-2";
    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static BulkGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        gateway = new BulkGateway(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"XML", "XADES", "JSON"})
    void refused_each_by_itself_and_only_the_valid_one_is_taken(Form form) throws Exception {
        Tally tally = new Tally();
        List<String> wrong = new ArrayList<>();
        try (Bait bait = Bait.open()) {
            Original original = original(form, bait);
            List<Attack> attacks = Attacks.of(original, PARTS, form.ordinal() % PARTS)
                    .flatMap(List::stream)
                    .filter(attack -> attack.contentType().equals(form.mediaType()))
                    .filter(attack -> form != Form.JSON || isCarried(attack))
                    .toList();
            Attack valid =
                    new Attack("", "the valid one", form.mediaType(), original.body(), original.jws(), Set.of(), true);
            long before = gateway.recorded();

            List<JsonNode> told =
                    told(form, Stream.concat(Stream.of(valid), attacks.stream()).toList());

            assertThat(told).hasSize(attacks.size() + 1);
            assertThat(told.get(0).has("receipt")).as(told.get(0).toString()).isTrue();
            for (int i = 0; i < attacks.size(); i++) {
                judge(attacks.get(i), told.get(i + 1), tally, wrong);
            }
            assertThat(wrong).isEmpty();
            assertThat(gateway.recorded()).as("accepted").isEqualTo(before + 1);
            assertThat(bait.taken()).as("somebody fetched what an attack named").isFalse();
        } finally {
            System.out.println("batch " + form + System.lineSeparator() + tally.table());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"header\":{\"alg\":\"none\"},",
                "\"signatures\":[],",
                "\"protected\":\"e30\",",
                "\"jwk\":{},",
                "\"crit\":[\"b64\"],"
            })
    void refused_when_a_line_has_more_than_the_three_members(String more) throws Exception {
        String good = Stays.flattened(gateway.keys(SENDER).signer(), Stays.json(UUID.randomUUID()));

        List<JsonNode> told = done("application/x-ndjson", Stays.lines(List.of(good.replaceFirst("\\{", "{" + more))));

        assertThat(told)
                .extracting(line -> line.path("problem").path("code").asText())
                .containsExactly("malformed");
    }

    private static void judge(Attack attack, JsonNode line, Tally tally, List<String> wrong) {
        if (line.has("receipt")) {
            tally.count(attack, "the valid one", Duration.ZERO);
            if (!attack.harmless()) {
                wrong.add(attack + " was accepted");
            }
            return;
        }
        String code = line.path("problem").path("code").asText();
        tally.count(attack, code, Duration.ZERO);
        Set<ProblemCode> expected = new HashSet<>(attack.refusedWith());
        if (attack.body().length > LARGEST_MESSAGE) {
            expected.add(ProblemCode.TOO_LARGE);
        }
        if (attack.harmless()) {
            // the same id with other bytes was read to the end, and is another message all the same
            expected.add(ProblemCode.ID_REUSED);
        }
        if (expected.stream().map(ProblemCode::code).noneMatch(code::equals)) {
            wrong.add(attack + " was refused with " + code);
        }
    }

    private static Original original(Form form, Bait bait) throws Exception {
        Map<String, Author> weak = Cast.weak(new TestPki("Attacks"), Clock.systemUTC());
        Agreement agreement = RealFiles.CATALOGUE.all().stream()
                .filter(each -> each.exchange().exchange().equals(Stays.EXCHANGE))
                .findFirst()
                .orElseThrow();
        Cast cast = Cast.of(author(SENDER), author(OTHER), weak, Clock.systemUTC(), bait.address());
        return Original.of(form, cast, agreement, Clock.systemUTC().instant());
    }

    private static Author author(String party) {
        PartyKeys keys = gateway.keys(party);
        return new Author(keys.signingKey(), keys.signingCertificate(), Clock.systemUTC());
    }

    /** Whether a line has a place for what stands in the signature. */
    private static boolean isCarried(Attack attack) {
        return attack.jws()
                .map(jws -> jws.split("\\.", -1))
                .filter(parts -> parts.length == 3 && parts[1].isEmpty())
                .isPresent();
    }

    private static List<JsonNode> told(Form form, List<Attack> messages) throws IOException {
        if (form == Form.JSON) {
            List<String> lines = new ArrayList<>();
            for (Attack message : messages) {
                String[] parts = message.jws().orElseThrow().split("\\.", -1);
                lines.add(JSON.writeValueAsString(JSON.createObjectNode()
                        .put("protected", parts[0])
                        .put("payload", Base64.getUrlEncoder().withoutPadding().encodeToString(message.body()))
                        .put("signature", parts[2])));
            }
            return done("application/x-ndjson", Stays.lines(lines));
        }
        List<Object> entries = new ArrayList<>();
        for (Attack message : messages) {
            entries.add(entries.size() + ".xml");
            entries.add(message.body());
        }
        return done("application/zip", Stays.zip(entries.toArray()));
    }

    private static List<JsonNode> done(String type, byte[] body) {
        String address = BulkGateway.address(Stays.EXCHANGE, UUID.randomUUID());
        assertThat(gateway.put(SENDER, address, type, body).statusCode()).isEqualTo(202);
        JsonNode status = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> gateway.status(SENDER, address),
                        now -> List.of("done", "refused")
                                .contains(now.path("state").asText()));
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("done");
        return gateway.receipts(SENDER, address, 1);
    }
}
