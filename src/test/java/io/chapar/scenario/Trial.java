package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.Content;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks, before a message is sent for real, what would become of it: that says the same, and leaves nothing. */
final class Trial {

    private final Gateway gateway;
    private final ScenarioFile scenario;
    private final Told.Reader reader;
    private final Response response;

    private Trial(Gateway gateway, ScenarioFile scenario, Response response) {
        this.gateway = gateway;
        this.scenario = scenario;
        this.reader = new Told.Reader(gateway.keys(PartyCode.CHAPAR.value()).signingCertificate());
        this.response = response;
    }

    static Trial of(Gateway gateway, ScenarioFile scenario, Request request) throws IOException {
        return new Trial(gateway, scenario, gateway.wire().send(request.at(request.path() + "?validateOnly=true")));
    }

    /** Nobody knows of it: neither does its sender find it, nor did anything go to anybody. */
    void leavesNothing(String messageId, String conversationId) throws IOException, Malformed, SignatureRefused {
        Response history = new Whereabouts(gateway, Sending.party(scenario), messageId).ask();
        assertThat(history.status()).isEqualTo(404);
        assertThat(reader.read(history).content().must("/code")).isEqualTo("unknown-message");
        for (Agencies.Seat seat : gateway.directory().seats()) {
            assertThat(gateway.arrivals().inConversation(seat.code().value(), scenario.exchange(), conversationId))
                    .as("what came to " + seat.code())
                    .isEmpty();
        }
    }

    /** @param real what was said to the same request without the wish only to try */
    void saysTheSameAs(Response real, String messageId) throws Malformed, SignatureRefused {
        if (scenario.then().number("status", 0) >= 400) {
            assertThat(response.status()).isEqualTo(real.status());
            Content tried = reader.read(response).content();
            Content told = reader.read(real).content();
            for (String member :
                    List.of("/code", "/status", "/title", "/detail", "/messageId", "/nextStep", "/retry")) {
                assertThat(tried.text(member)).as(member).isEqualTo(told.text(member));
            }
            assertThat(Verdict.places(tried)).isEqualTo(Verdict.places(told));
        } else {
            wouldBeAccepted(messageId);
        }
    }

    private void wouldBeAccepted(String messageId) throws Malformed, SignatureRefused {
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        Content told =
                scenario.soap() ? reader.read(response).content() : Content.of(HardenedJson.parse(response.body()));
        assertThat(told.text("/messageId")).contains(messageId);
        assertThat(told.text("/exchange")).contains(scenario.sent());
        String receivers = scenario.soap() ? "/receiver/" : "/receivers/";
        for (int i = 0; i < scenario.then().texts("deliveredTo").size(); i++) {
            assertThat(scenario.then().texts("deliveredTo"))
                    .contains(told.text(receivers + i).orElse("nobody"));
        }
    }
}
