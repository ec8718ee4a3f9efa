package io.chapar.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.Publisher;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway, a receiver that will not have what it gets, a broker that loses something, and administrators who log in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendAgainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAMPLE_ID = "5d0d1c6e-3f0b-4b53-9b0e-0a7f6f1f2a01";

    private Path folder = Path.of("");
    private ConfigurableApplicationContext gateway;
    private GatewayConnection mh;
    private GatewayConnection spr;
    private GatewayConnection mj;

    private record Said(int code, String text) {}

    private record Sent(UUID messageId, UUID deliveryId) {}

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        TestCertificates.in(folder.resolve("certificates"));
        Path routes = FewExchanges.in(
                folder.resolve("routes"),
                List.of("birth-notification", "birth-registration", "birth-registration-overdue"));
        gateway = WholeGateway.start(WholeGateway.settings(
                folder,
                "--chapar.routes=" + routes,
                "--chapar.parties.SPR.channel=mailbox",
                "--chapar.parties.MJ.channel=mailbox"));
        mh = connection("MH");
        spr = connection("SPR");
        mj = connection("MJ");
    }

    @AfterAll
    void stop() {
        mh.close();
        spr.close();
        mj.close();
        gateway.close();
    }

    private PartyKeys keys(String party) {
        return PartyKeys.load(folder.resolve("certificates"), new PartyCode(party));
    }

    private GatewayConnection connection(String party) {
        return new GatewayConnection(
                URI.create("https://localhost:" + port("local.server.port")),
                keys(party).client());
    }

    private int port(String name) {
        return gateway.getEnvironment().getRequiredProperty(name, Integer.class);
    }

    /** What this command says to somebody with this login. */
    private Said says(String login, String password, String command, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("password-" + UUID.randomUUID()), password + "\n");
        List<String> all = new ArrayList<>(List.of(
                command,
                "--gateway=https://localhost:" + port("local.management.port"),
                "--trusted=" + folder.resolve("certificates/ca.cert.pem"),
                "--login=" + login,
                "--password-file=" + file));
        all.addAll(List.of(arguments));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = Commands.run(new CommandLine(new Commands()).setOut(out).setErr(out), all.toArray(String[]::new));
        return new Said(code, said.toString());
    }

    private Said operator(String command, String... arguments) throws IOException {
        return says("operator", "operator-sandbox", command, arguments);
    }

    private UUID sent() throws IOException {
        UUID messageId = UUID.randomUUID();
        byte[] birth = Files.readString(Path.of("schemas/birth-notification/1.0/samples/minimal.json"))
                .replace(SAMPLE_ID, messageId.toString())
                .getBytes(StandardCharsets.UTF_8);
        Reply receipt = mh.post(
                "/api/v1/exchanges/birth-notification",
                birth,
                keys("MH").signer().detachedJws(birth));
        assertThat(receipt.status()).isEqualTo(202);
        return messageId;
    }

    private Sent parked() throws IOException {
        UUID messageId = sent();
        JsonNode delivery = fetched();
        assertThat(delivery.at("/messageId").asText()).isEqualTo(messageId.toString());
        UUID deliveryId = UUID.fromString(delivery.at("/deliveryId").asText());
        byte[] refusal = "{\"code\":\"not-ours\",\"text\":\"no\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(spr.post("/api/v1/deliveries/" + deliveryId + "/refusal", refusal)
                        .status())
                .isEqualTo(204);
        return new Sent(messageId, deliveryId);
    }

    private JsonNode fetched() throws IOException {
        return JSON.readTree(spr.get("/api/v1/deliveries?max=1&wait=30").body()).at("/deliveries/0");
    }

    private void acknowledge(JsonNode delivery) throws IOException {
        byte[] body = ("{\"deliveryId\":\"" + delivery.at("/deliveryId").asText() + "\",\"digest\":\""
                        + delivery.at("/digest").asText() + "\",\"at\":\"2026-11-23T12:00:00+04:00\"}")
                .getBytes(StandardCharsets.UTF_8);
        String jws = keys("SPR").signer().detachedJws(body);
        assertThat(spr.post("/api/v1/deliveries/" + delivery.at("/deliveryId").asText() + "/acknowledgement", body, jws)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void seen_by_everybody_sent_again_once_by_two_operators_and_then_delivered() throws Exception {
        Sent sent = parked();
        String id = sent.deliveryId().toString();

        assertThat(says("viewer", "viewer-sandbox", "parked", "--receiver=SPR", "--code=refused")
                        .text())
                .contains(id, "birth-notification 1.0", "refused");
        assertThat(operator("parked", "--code=schema").text()).doesNotContain(id);
        for (String role : List.of("viewer", "auditor")) {
            Said refused = says(role, role + "-sandbox", "send-again", id);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.text()).contains("the role of " + role + " does not allow it");
            assertThat(says(role, role + "-sandbox", "send-again", "--all").code())
                    .isEqualTo(2);
        }
        assertThat(operator("send-again", "--code=schema").text()).contains("0 sent again");
        assertThat(operator("parked").text()).contains(id);

        ExecutorService operators = Executors.newFixedThreadPool(2);
        try {
            Callable<Said> sending = () -> operator("send-again", id);
            List<Integer> codes = new ArrayList<>();
            for (Future<Said> said : operators.invokeAll(List.of(sending, sending))) {
                codes.add(said.get().code());
            }
            assertThat(codes).containsExactlyInAnyOrder(0, 1);
        } finally {
            operators.shutdownNow();
        }

        JsonNode again = fetched();
        assertThat(again.at("/deliveryId").asText()).isEqualTo(id);
        assertThat(JSON.readTree(spr.get("/api/v1/deliveries?max=1").body()).at("/deliveries"))
                .isEmpty();
        acknowledge(again);
        Said late = operator("send-again", id);
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.text()).contains("is not parked; it is delivered");
        JsonNode history =
                JSON.readTree(mh.get("/api/v1/messages/" + sent.messageId()).body());
        assertThat(history.at("/receivers").findValuesAsText("sentAgainAt")).anyMatch(at -> at.startsWith("20"));
    }

    @Test
    void only_what_one_receiver_refused_with_one_code_is_sent_again_and_counted() throws Exception {
        UUID first = sent();
        UUID second = sent();
        UUID third = sent();
        List<UUID> meant = List.of(refused(spr, first, "not-ours"), refused(spr, second, "not-ours"));
        UUID withAnotherCode = refused(spr, third, "schema");
        UUID ofAnother = refused(mj, first, "not-ours");

        Said said = operator("send-again", "--receiver=SPR", "--code=refused");

        assertThat(said.text()).startsWith("2 sent again");
        assertThat(said.code()).isZero();
        String parked = operator("parked").text();
        assertThat(parked).contains(withAnotherCode.toString(), ofAnother.toString());
        assertThat(meant).noneMatch(id -> parked.contains(id.toString()));
        assertThat(List.of(acknowledged(), acknowledged())).containsExactlyInAnyOrderElementsOf(meant);

        assertThat(operator("send-again", withAnotherCode.toString(), ofAnother.toString())
                        .code())
                .isZero();
        assertThat(acknowledged()).isEqualTo(withAnotherCode);
    }

    /** By this receiver, out of its mailbox; so it is parked. */
    private UUID refused(GatewayConnection receiver, UUID messageId, String code) throws IOException {
        String party = receiver.equals(mj) ? "MJ" : "SPR";
        await().atMost(PATIENCE)
                .until(() -> receiver(messageId, party).at("/state").asText().equals("mailed"));
        UUID id = UUID.fromString(receiver(messageId, party).at("/deliveryId").asText());
        byte[] refusal = ("{\"code\":\"" + code + "\",\"text\":\"no\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(receiver.post("/api/v1/deliveries/" + id + "/refusal", refusal)
                        .status())
                .isEqualTo(204);
        return id;
    }

    private UUID acknowledged() throws IOException {
        JsonNode delivery = fetched();
        acknowledge(delivery);
        return UUID.fromString(delivery.at("/deliveryId").asText());
    }

    @Test
    void what_the_broker_lost_is_named_until_it_is_published_again() throws Exception {
        EmbeddedBroker broker = gateway.getBean(EmbeddedBroker.class);
        RouteController routes = gateway.getBean(CamelContext.class).getRouteController();
        routes.stopRoute("deliver-MJ");
        UUID messageId = sent();
        acknowledge(fetched());
        String deliveryId = waiting(messageId);
        Queue queue = broker.server().locateQueue("chapar.deliver.MJ");
        await().atMost(PATIENCE).until(() -> queue.getMessageCount() > 0);

        Said before = says("viewer", "viewer-sandbox", "equation");
        assertThat(before.text()).contains("broker asked").doesNotContain("does not fit");
        assertThat(before.code()).isZero();

        assertThat(queue.deleteAllReferences()).isPositive();
        Said lost = says("viewer", "viewer-sandbox", "equation");
        assertThat(lost.text())
                .contains("does not fit: " + deliveryId + " waits in the record, but the broker does not hold it");
        assertThat(lost.code()).isEqualTo(1);
        Said recordAlone = operator("equation", "--data=" + folder.resolve("data"));
        assertThat(recordAlone.text()).contains("broker not asked: a record was named");
        assertThat(recordAlone.code()).isZero();

        gateway.getBean(Publisher.class).compare();
        await().atMost(PATIENCE).until(() -> queue.getMessageCount() > 0);
        await().atMost(PATIENCE).until(() -> operator("equation").code() == 0);

        broker.stop();
        Said away = operator("equation");
        broker.start();
        routes.startRoute("deliver-MJ");
        assertThat(away.text()).contains("broker not asked: it is away");
        await().atMost(PATIENCE).until(() -> receivers(messageId).toString().contains("mailed"));
    }

    private JsonNode receivers(UUID messageId) throws IOException {
        return JSON.readTree(mh.get("/api/v1/messages/" + messageId).body()).at("/receivers");
    }

    private JsonNode receiver(UUID messageId, String party) throws IOException {
        for (JsonNode receiver : receivers(messageId)) {
            if (receiver.at("/receiver").asText().equals(party)) {
                return receiver;
            }
        }
        throw new AssertionError("it does not go to " + party);
    }

    private String waiting(UUID messageId) throws IOException {
        JsonNode receiver = receiver(messageId, "MJ");
        assertThat(receiver.at("/state").asText()).isEqualTo("waiting");
        return receiver.at("/deliveryId").asText();
    }

    @Test
    void refused_to_whoever_is_not_known_to_see_the_equation() throws Exception {
        Said said = says("viewer", "nonsense", "equation");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("login or password is wrong");
    }

    @Test
    void refused_when_there_is_no_such_delivery() throws Exception {
        UUID nobodys = UUID.randomUUID();
        Said said = operator("send-again", nobodys.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("there is no delivery " + nobodys);
    }

    @Test
    void refused_when_the_password_is_wrong() throws Exception {
        Said said = says("admin", "nonsense", "parked");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("login or password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5d0d1c6e-3f0b-4b53-9b0e-0a7f6f1f2a01 --all", "no-uuid"})
    void refused_when_it_is_not_said_what_is_meant(String arguments) throws Exception {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        assertThat(operator("send-again", words).code()).isEqualTo(2);
    }

    @Test
    void refused_in_plain_words_when_a_time_has_no_zone() throws Exception {
        Said said = operator("parked", "--after=2019-01-31T08:00:00");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("a time has a zone");
    }
}
