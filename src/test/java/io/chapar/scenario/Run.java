package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One scenario, from setting up its states to comparing what was delivered. */
final class Run implements Callable<Void> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Gateway gateway;
    private final ScenarioFile scenario;
    private final Sending sending;
    private final Verdict verdict;
    private Optional<String> corrected = Optional.empty();

    Run(Gateway gateway, ScenarioFile scenario) {
        this.gateway = gateway;
        this.scenario = scenario;
        this.sending = new Sending(gateway, scenario);
        this.verdict = new Verdict(gateway, scenario);
    }

    @Override
    public Void call() throws Exception {
        Entry given = scenario.given();
        if (given.has("get")) {
            Request request = Request.get(given.text("get", ""), Sending.party(scenario));
            verdict.compare(request, gateway.wire().send(request), Optional.empty());
        } else if (given.has("body")) {
            Request request = sending.literal(given.text("body", ""));
            verdict.compare(request, gateway.wire().send(request), Optional.empty());
        } else {
            document();
        }
        return null;
    }

    private void document() throws Exception {
        long before = gateway.accepted();
        Paper paper = sending.paper();
        List<Enclosure> enclosures = sending.enclosures(paper);
        String messageId = paper.text("/header/messageId").orElseThrow();
        if (scenario.given().has("later")) {
            first(sending.request(paper, enclosures));
            corrected = Optional.of(messageId);
            messageId = later(paper, messageId);
        }
        Map<String, Object> known =
                new LinkedHashMap<>(scenario.given().below("provider").values());
        if (Boolean.TRUE.equals(known.remove("found"))) {
            gateway.arrivals().knows(paper.text("/header/conversationId").orElseThrow(), known);
        }
        try (States states = new States(gateway, scenario.given())) {
            states.begin();
            String repeat = scenario.given().text("repeat", "");
            if (!repeat.equals("changed")) {
                scenario.given().entries("change").forEach(paper::change);
            }
            Request once = sending.request(paper, enclosures);
            Optional<Response> first = repeat.isEmpty() ? Optional.empty() : Optional.of(first(once));
            states.firstSent();
            Request request = repeat.equals("changed") ? changed(paper, enclosures) : once;
            Optional<Trial> trial = trial(request, paper, messageId);
            Response response = gateway.wire().send(request);
            if (trial.isPresent()) {
                trial.get().saysTheSameAs(response, messageId);
            }
            states.sent();
            verdict.compare(request, response, Optional.of(paper.content()));
            first.ifPresent(one -> verdict.compareReceipts(one, response));
            if (scenario.countsAccepted()) {
                verdict.nothingAccepted(messageId, before);
            }
            deliveries(states, new Whereabouts(gateway, Sending.party(scenario), messageId));
            if (scenario.then().has("acceptedLater")) {
                states.close();
                first(request);
            }
        }
        contents(messageId);
        emitted(paper.text("/header/conversationId").orElseThrow());
    }

    private Optional<Trial> trial(Request request, Paper paper, String messageId) throws Exception {
        if (!scenario.given().has("triedFirst")) {
            return Optional.empty();
        }
        Trial trial = Trial.of(gateway, scenario, request);
        trial.leavesNothing(messageId, paper.text("/header/conversationId").orElseThrow());
        return Optional.of(trial);
    }

    /** The same once more under an id of its own, as a correction or withdrawal of the first. */
    private String later(Paper paper, String corrected) {
        String messageId = UUID.randomUUID().toString();
        paper.put("/header/messageId", messageId);
        paper.put("/header/action", scenario.given().text("later", ""));
        paper.put("/header/corrects", corrected);
        return messageId;
    }

    /** Sends what is to be repeated; for a change, without it. */
    private Response first(Request request) throws IOException {
        Response response = gateway.wire().send(request);
        assertThat(response.status())
                .as("what must be accepted: " + response.text())
                .isIn(200, 202);
        return response;
    }

    /** The same id, and other content, signed anew. */
    private Request changed(Paper paper, List<Enclosure> enclosures) throws IOException, Malformed {
        scenario.given().entries("change").forEach(paper::change);
        return sending.request(paper, enclosures);
    }

    private void deliveries(States states, Whereabouts whereabouts) {
        List<String> delivered = scenario.then().texts("deliveredTo");
        List<String> waiting = scenario.then().texts("waitingFor");
        List<String> late = new ArrayList<>(waiting);
        delivered.stream()
                .filter(party -> states.brokerAway() || states.down(party))
                .forEach(late::add);
        late.forEach(party -> assertThat(whereabouts.states()).containsEntry(party, "waiting"));
        states.brokerComesBack();
        delivered.stream().filter(states::down).forEach(states::comesBack);
        delivered.forEach(party -> {
            has(party, whereabouts);
            becomes(whereabouts, party, "delivered");
        });
        // only what was tried in vain shows that it waits
        waiting.stream().filter(states::down).forEach(Run::stops);
        waiting.forEach(party -> assertThat(whereabouts.states()).containsEntry(party, "waiting"));
        scenario.then().texts("parkedFor").forEach(party -> becomes(whereabouts, party, "parked"));
        List<String> never = scenario.then().texts("notDeliveredTo");
        if (!never.isEmpty()) {
            assertThat(whereabouts.states()).doesNotContainKeys(never.toArray(String[]::new));
        }
        if (scenario.then().has("noReceiver")) {
            assertThat(whereabouts.state()).isEqualTo("no-receiver");
            assertThat(whereabouts.states()).isEmpty();
        }
    }

    /** To look there costs nothing; to ask the gateway again and again would cost more than all that is tried. */
    private void has(String party, Whereabouts whereabouts) {
        await("a delivery to " + party)
                .atMost(PATIENCE)
                .pollInterval(AGAIN)
                .until(() ->
                        !gateway.arrivals().of(party, whereabouts.messageId()).isEmpty());
    }

    private static void becomes(Whereabouts whereabouts, String party, String state) {
        await(party + " " + state)
                .atMost(PATIENCE)
                .pollInterval(AGAIN)
                .untilAsserted(() -> assertThat(whereabouts.states()).containsEntry(party, state));
    }

    private static void stops(String party) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        await("the channel of " + party + " stops")
                .atMost(PATIENCE)
                .pollInterval(AGAIN)
                .until(() -> server.getAttribute(new ObjectName("io.chapar:type=Channel,name=" + party), "State")
                        .equals("STOPPED"));
    }

    /** What the gateway itself sends, in the conversation of what was sent to it. */
    private void emitted(String conversationId) {
        Entry expected = scenario.then().below("emitted");
        for (String party : expected.values().keySet()) {
            await("what the gateway sends to " + party)
                    .atMost(PATIENCE)
                    .pollInterval(AGAIN)
                    .untilAsserted(() ->
                            assertThat(sentTo(party, conversationId)).as(party).hasSize(1));
            Content content = sentTo(party, conversationId).get(0);
            assertThat(content.text("/header/nonce")).isEmpty();
            Verdict.values(party, content, expected.below(party).values());
        }
    }

    private List<Content> sentTo(String party, String conversationId) {
        return gateway.arrivals().inConversation(party, scenario.exchange(), conversationId);
    }

    private void contents(String messageId) {
        for (String party : scenario.then().texts("deliveredTo")) {
            Map<?, Content> arrived = gateway.arrivals().of(party, messageId);
            assertThat(arrived).as("deliveries to " + party).hasSize(1);
            Content content = arrived.values().iterator().next();
            assertThat(content.text("/header/nonce"))
                    .as("the nonce is given to nobody")
                    .isEmpty();
            assertThat(content.text("/header/corrects")).isEqualTo(corrected);
            Entry expected = scenario.then().below("delivered").below(party);
            Verdict.values(party, content, expected.values());
            for (String pointer : scenario.then().below("absent").texts(party)) {
                assertThat(content.text(pointer)).as(party + " " + pointer).isEmpty();
            }
        }
    }
}
