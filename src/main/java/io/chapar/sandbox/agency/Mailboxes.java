package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agencies that fetch: each asks for its mailbox, waits at the gateway until something is there, and acknowledges it, several at
 * once. Nothing that is handed out together has an order.
 */
public final class Mailboxes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);
    private static final String FETCH = "/api/v1/deliveries?max=50&wait=20";
    /** In characters of base64: the largest attachments of the design and a document. */
    private static final int LARGEST_PAYLOAD = 80_000_000;

    private static final int AT_ONCE = 8;

    private final Mail mail;
    private final Rounds rounds;
    private final ExecutorService clerks = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread thread = new Thread(work, "sandbox-mailbox-entry");
        thread.setDaemon(true);
        return thread;
    });

    public Mailboxes(Agencies agencies, Mail mail, Collection<PartyCode> parties) {
        this.mail = mail;
        this.rounds = new Rounds("sandbox-mailbox", agencies, parties, this::fetch);
    }

    public void open() {
        rounds.open();
    }

    private boolean fetch(Agency agency) throws IOException, Malformed {
        GatewayConnection connection = mail.connection(agency.code());
        Reply reply = connection.get(FETCH);
        if (reply.status() != 200
                || !(HardenedJson.parse(reply.body(), LARGEST_PAYLOAD).get("deliveries") instanceof List<?> list)) {
            return false;
        }
        List<Future<PartyCode>> taken = new ArrayList<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> delivery) {
                taken.add(clerks.submit(() -> take(agency, delivery, connection)));
            }
        }
        for (Future<PartyCode> each : taken) {
            await(each);
        }
        return true;
    }

    private static void await(Future<PartyCode> entry) throws IOException {
        try {
            PartyCode unused = entry.get();
        } catch (ExecutionException e) {
            throw new IOException("an entry of a mailbox was not taken", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the mailboxes close");
        }
    }

    private static PartyCode take(Agency agency, Map<?, ?> entry, GatewayConnection connection) throws IOException {
        String id = text(entry, "deliveryId");
        Delivery delivery = Delivery.of(
                Optional.of(UUID.fromString(id)),
                Optional.of(text(entry, "originalDigest")),
                text(entry, "contentType"),
                Optional.ofNullable(entry.get("signature")).map(Object::toString),
                Base64.getDecoder().decode(text(entry, "payload")));
        Answer answer = agency.receive(delivery);
        for (int times = Rounds.times(agency, answer); times > 0; times--) {
            tell(agency, id, answer, connection);
        }
        return agency.code();
    }

    private static void tell(Agency agency, String id, Answer answer, GatewayConnection connection) throws IOException {
        String path = "/api/v1/deliveries/" + id + (answer.status() == 200 ? "/acknowledgement" : "/refusal");
        Reply reply = answer.jws().isPresent()
                ? connection.post(path, answer.body(), answer.jws().get())
                : connection.post(path, answer.body());
        if (reply.status() != 204) {
            LOG.debug("{} could not acknowledge {}: {}", agency.code(), id, reply.status());
        }
    }

    private static String text(Map<?, ?> entry, String name) {
        return Optional.ofNullable(entry.get(name))
                .map(Object::toString)
                .orElseThrow(() -> new IllegalArgumentException("a mailbox entry without " + name));
    }

    @Override
    public void close() {
        rounds.close();
        clerks.shutdownNow();
    }
}
