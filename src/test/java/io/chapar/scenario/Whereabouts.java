package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the gateway says about where a message of a party's own is. */
final class Whereabouts {

    private final Gateway gateway;
    private final String party;
    private final String messageId;

    Whereabouts(Gateway gateway, String party, String messageId) {
        this.gateway = gateway;
        this.party = party;
        this.messageId = messageId;
    }

    String messageId() {
        return messageId;
    }

    Response ask() throws IOException {
        return gateway.wire().send(Request.get("/api/v1/messages/" + messageId, party));
    }

    /** The state of the message as a whole. */
    String state() {
        return history().must("/state");
    }

    /** The state of each receiver's delivery. */
    Map<String, String> states() {
        Content history = history();
        Map<String, String> states = new LinkedHashMap<>();
        for (int i = 0; ; i++) {
            Optional<String> receiver = history.text("/receivers/" + i + "/receiver");
            if (receiver.isEmpty()) {
                return states;
            }
            states.put(
                    receiver.get(), history.text("/receivers/" + i + "/state").orElse(""));
        }
    }

    private Content history() {
        try {
            Response response = ask();
            if (response.status() != 200) {
                throw new AssertionError("no history: " + response.status() + " " + response.text());
            }
            return Content.of(HardenedJson.parse(response.body()));
        } catch (IOException | Malformed e) {
            throw new AssertionError("the history cannot be read", e);
        }
    }
}
