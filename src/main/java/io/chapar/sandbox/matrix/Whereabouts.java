package io.chapar.sandbox.matrix;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What the gateway says about where a message is. */
record Whereabouts(Mail mail) {

    /** The state of a message for each of its receivers, as its sender is told. */
    Map<String, String> ofOwn(PartyCode sender, UUID messageId) throws IOException, Malformed, NotTaken {
        return states(sender, messageId.toString());
    }

    /** The same, as a receiver is told. */
    Map<String, String> ofOthers(PartyCode receiver, PartyCode sender, UUID messageId)
            throws IOException, Malformed, NotTaken {
        return states(receiver, messageId + "?sender=" + sender);
    }

    private Map<String, String> states(PartyCode asker, String message) throws IOException, Malformed, NotTaken {
        Reply reply = mail.connection(asker).get("/api/v1/messages/" + message);
        if (reply.status() != 200 || !(HardenedJson.parse(reply.body()).get("receivers") instanceof List<?> list)) {
            throw new NotTaken("no history: " + reply.status() + " " + reply.refusal());
        }
        Map<String, String> states = new TreeMap<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> receiver) {
                states.put(String.valueOf(receiver.get("receiver")), String.valueOf(receiver.get("state")));
            }
        }
        return states;
    }
}
