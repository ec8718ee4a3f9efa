package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A hotel uploads many messages at once, and the gateway is killed while it accepts them. */
final class BatchTrial implements LoadTrial {

    private static final PartyCode RECEIVER = new PartyCode("SMS");
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final int MILLIS_BETWEEN = 100;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Plan plan;

    BatchTrial(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException, Malformed {
        Findings findings = station.findings();
        Draft first = station.source().stay();
        GatewayConnection hotel = station.mail().connection(first.sender());
        String batch = "/api/v1/exchanges/" + first.exchange().exchange() + "/batches/" + UUID.randomUUID();
        findings.say("Signing %d messages", plan.messages());
        Set<UUID> sent = new HashSet<>();
        byte[] lines = lines(station.source(), station.mail().signer(first.sender()), sent);
        findings.figure("bytes", lines.length);

        long begin = System.nanoTime();
        Reply taken = hotel.put(batch, "application/x-ndjson", lines);
        findings.figure("seconds until the upload was durable", seconds(begin));
        findings.must(taken.status() == 202, "the upload was answered with " + taken.status());
        await(station, hotel, batch, "accepted", plan.messages() / 3);
        station.kill();
        findings.say("Killed");
        findings.figure("start, s", station.start().toMillis() / 1000.0);
        await(station, hotel, batch, "accepted", plan.messages());
        findings.figure("seconds until all were accepted", seconds(begin));

        receipts(station.checks(), hotel, batch, new HashSet<>(sent), findings);
        findings.must(
                station.counter()
                        .await(
                                () -> sent.stream()
                                        .allMatch(
                                                id -> station.arrivals().of(id).contains(RECEIVER)),
                                PATIENCE.toNanos()),
                "not everything was delivered");
        findings.figure("seconds until all were delivered", seconds(begin));
        station.awaitNothingWaits();
        findings.figure("resident at most since the start, MB", station.sample().mostResidentMegabytes());
        findings.none(station.arrivals().wrong());
        Books.Balance balance = station.page().balance();
        findings.figure("deliveries accepted", balance.accepted());
        findings.figure("  delivered", balance.delivered());
        findings.must(balance.accepted() == plan.messages(), "not one delivery for each message");
        findings.must(balance.delivered() == plan.messages(), "the record does not say that each was delivered");
        findings.none(balance.misfits());
    }

    /** Each is a JWS in the flattened form, with its payload in it (RFC 7515, section 7.2.2). */
    private byte[] lines(Source source, Signer signer, Set<UUID> sent) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < plan.messages(); i++) {
            Draft draft = source.stay();
            sent.add(draft.messageId());
            byte[] message = HardenedJson.write(draft.content());
            String[] detached = signer.detachedJws(message).split("\\.", -1);
            Map<String, String> flattened = new LinkedHashMap<>();
            flattened.put("protected", detached[0]);
            flattened.put("payload", BASE64.encodeToString(message));
            flattened.put("signature", detached[2]);
            lines.write(HardenedJson.write(flattened));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static void await(Station station, GatewayConnection hotel, String batch, String figure, long least)
            throws IOException, InterruptedException, Malformed {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long last = -1;
        while (last < least) {
            Map<String, Object> status = HardenedJson.parse(hotel.get(batch).body());
            long now = status.get(figure) instanceof Long number ? number : 0;
            if ("refused".equals(status.get("state")) || System.nanoTime() > end) {
                throw new IOException("the batch stands at " + now + " " + figure + ", not at " + least);
            }
            last = now;
            station.goesOn(Duration.ofMillis(MILLIS_BETWEEN));
        }
    }

    /** Of each line one, verified, and each of another message. */
    private static void receipts(
            Checks checks, GatewayConnection hotel, String batch, Set<UUID> missing, Findings findings)
            throws IOException, Malformed {
        long line = 1;
        int verified = 0;
        while (true) {
            String page = hotel.get(batch + "/receipts?from=" + line).text();
            if (page.isBlank()) {
                break;
            }
            for (String told : page.split("\n")) {
                Map<String, Object> object = HardenedJson.parse(told.getBytes(StandardCharsets.UTF_8));
                if (object.get("line") instanceof Long number && number != line) {
                    throw new IOException("line " + number + " is told where " + line + " should be");
                }
                UUID messageId = UUID.fromString(String.valueOf(object.get("messageId")));
                verified += names(checks, String.valueOf(object.get("receipt")), messageId) ? 1 : 0;
                findings.must(missing.remove(messageId), messageId + " has more than one receipt, or was never sent");
                line++;
            }
        }
        findings.figure("receipts that verify", verified);
        findings.must(missing.isEmpty(), missing.size() + " lines have no receipt");
        findings.must(verified == line - 1, "not every receipt verifies and names its message");
    }

    private static boolean names(Checks checks, String receipt, UUID messageId) throws Malformed {
        try {
            return checks.compact(receipt, Receipts.TYPE)
                    .content()
                    .must("/messageId")
                    .equals(messageId.toString());
        } catch (SignatureRefused e) {
            return false;
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
