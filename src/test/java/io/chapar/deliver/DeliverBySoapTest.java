package io.chapar.deliver;

import io.chapar.accept.Multipart;
import io.chapar.habits.Program;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.FewParties;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.SignedXml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DeliverBySoapTest {

    private static final DeliveryLimits PATIENT = TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5));
    private static final String DOCUMENT = "<birthNotification xmlns=\"urn:chapar:birth-notification:1.0\"><header>"
            + "<messageId>x</messageId></header><attachment><contentId>act@mfa</contentId></attachment></birthNotification>";

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private static Dispatch.Signed signed(World world, Party party, Passage.Attachment... files) throws Exception {
        return new Sign(world.signer, new FewParties(List.of(party)))
                .apply(World.xml(World.due("SPR", files), DOCUMENT));
    }

    private static byte[] acknowledgement(Dispatch.Signed signed, String digest) {
        return String.format(
                        Locale.ROOT,
                        "<acknowledgement xmlns=\"urn:chapar:common:1.0\"><deliveryId>%s</deliveryId>"
                                + "<digest>%s</digest><at>2026-11-23T10:00:00Z</at></acknowledgement>",
                        signed.due().deliveryId(),
                        digest)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Agency.Reply reply(int status, byte[] envelope) {
        return new Agency.Reply(status, "text/xml; charset=UTF-8", Optional.empty(), envelope, Optional.empty());
    }

    private static byte[] fault(String code) {
        return ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><faultcode>" + code
                        + "</faultcode><faultstring>Ivan</faultstring></s:Fault></s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static CompletableFuture<Dispatch.Ended> hand(Deliver deliver, Dispatch.Signed signed) {
        CompletableFuture<Dispatch.Ended> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                end.complete(deliver.apply(signed));
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    @Test
    void called_with_a_signed_envelope_and_acknowledged_in_a_signed_one() throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.SOAP, true);
            Dispatch.Signed signed = signed(world, party);
            spr.behaviour = call -> reply(
                    200,
                    spr.signer.envelope(acknowledgement(signed, signed.digest().value()), false));
            Dispatch.Ended ended = hand(world.deliver(party), signed).get(60, TimeUnit.SECONDS);
            assertThat(ended).isInstanceOf(Dispatch.Acknowledged.class);
            assertThat(((Dispatch.Acknowledged) ended).signature()).isEqualTo(Proofs.ENVELOPED);
            Agency.Call call = spr.calls.take();
            SignedXml received = new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5)).verify(call.body());
            assertThat(received.contentDigest()).isEqualTo(signed.digest());
            assertThat(call.headers().getFirst("Chapar-Delivery-Id"))
                    .isEqualTo(signed.due().deliveryId().toString());
        }
    }

    /** As docs/being-called.md tells it to whoever has no library for it. */
    @Test
    void the_digest_is_that_of_what_xmllint_makes_of_the_bodys_child() throws Exception {
        Program.needed("xmllint");
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Dispatch.Signed signed = signed(world, spr.party(Party.Channel.SOAP, true));
            Path envelope = Files.write(folder.resolve("envelope.xml"), signed.payload());
            Path child = Files.write(
                    folder.resolve("child.xml"),
                    xmllint("--xpath", "/*/*[local-name()=\"Body\"]/*", envelope.toString()));
            assertThat(Digest.of(xmllint("--exc-c14n", child.toString()))).isEqualTo(signed.digest());
        }
    }

    private static byte[] xmllint(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("xmllint"), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void an_unsigned_response_is_no_acknowledgement() throws Exception {
        stops((spr, signed) -> reply(
                200,
                ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                                + new String(
                                        acknowledgement(signed, signed.digest().value()), StandardCharsets.UTF_8)
                                + "</s:Body></s:Envelope>")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void another_digest_is_no_acknowledgement() throws Exception {
        stops((spr, signed) ->
                reply(200, spr.signer.envelope(acknowledgement(signed, "sha-256:" + "0".repeat(64)), false)));
    }

    @Test
    void another_element_is_no_acknowledgement() throws Exception {
        stops((spr, signed) -> reply(200, spr.signer.envelope("<thanks/>".getBytes(StandardCharsets.UTF_8), false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s:Server", "Client", "x:Client", "s:VersionMismatch"})
    void a_fault_that_blames_nobody_or_the_receiver_stops_the_channel(String code) throws Exception {
        stops((spr, signed) -> reply(500, fault(code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void a_fault_that_blames_the_receiver_stops_the_channel_whatever_the_status(int status) throws Exception {
        stops((spr, signed) -> reply(status, fault("s:Server")));
    }

    @Test
    void a_fault_that_blames_the_sender_parks_this_message() throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.SOAP, true);
            spr.behaviour = call -> reply(500, fault("s:Client"));
            Dispatch.Ended ended =
                    hand(world.deliver(party), signed(world, party)).get(60, TimeUnit.SECONDS);
            assertThat(ended)
                    .isInstanceOfSatisfying(
                            Dispatch.Parked.class,
                            parked -> assertThat(parked.text()).doesNotContain("Ivan"));
        }
    }

    @Test
    void files_travel_beside_the_envelope() throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.SOAP, true);
            Dispatch.Signed signed =
                    signed(world, party, new Passage.Attachment("act@mfa", "application/pdf", new byte[] {7}));
            spr.behaviour = call -> reply(
                    200,
                    spr.signer.envelope(acknowledgement(signed, signed.digest().value()), false));
            hand(world.deliver(party), signed).get(60, TimeUnit.SECONDS);
            Agency.Call call = spr.calls.take();
            Multipart parts = World.parts(call.headers().getFirst("Content-Type"), call.body(), folder);
            assertThat(parts.root().contentType().mediaType()).isEqualTo("application/xop+xml");
            assertThat(parts.root().bytes()).isEqualTo(signed.payload());
            assertThat(parts.attachments()).hasSize(1);
        }
    }

    @Test
    void an_envelope_that_waited_is_signed_again_over_the_same_content() throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Dispatch.Signed signed = signed(world, spr.party(Party.Channel.SOAP, true));
            byte[] fresh = Soap.fresh(world.signer, signed.payload());
            assertThat(fresh).isNotEqualTo(signed.payload());
            assertThat(new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5))
                            .verify(fresh)
                            .contentDigest())
                    .isEqualTo(signed.digest());
        }
    }

    @Test
    void json_for_a_receiver_that_is_called_by_soap_is_refused() throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Sign sign = new Sign(world.signer, new FewParties(List.of(spr.party(Party.Channel.SOAP, true))));
            assertThatThrownBy(() -> sign.apply(World.json(World.due("SPR"), "{}")))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE));
        }
    }

    /** What an agency does wrong. */
    private interface Wrong {
        Agency.Reply reply(Agency agency, Dispatch.Signed signed);
    }

    private static void stops(Wrong wrong) throws Exception {
        try (World world = new World(certificates, PATIENT);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.SOAP, true);
            Dispatch.Signed signed = signed(world, party);
            spr.behaviour = call -> wrong.reply(spr, signed);
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> world.channels.of(spr.code).state() == ReceiverChannel.State.STOPPED);
            assertThat(hand).isNotDone();
        }
    }
}
