package io.chapar.sandbox.agency;

import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.play.Tally;
import io.chapar.sandbox.post.Documents;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Scribe;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AgencyTest {

    private static final PartyCode SMS = new PartyCode("SMS");
    private static final PartyCode MH = new PartyCode("MH");

    @TempDir
    private static Path certificates = Path.of("");

    private final Counter counter = new Counter();
    private final Tally tally = counter.fresh();
    private final Draft crossing = new Scribe(new Random(1), Clock.systemUTC()).crossing();
    private final byte[] json = HardenedJson.write(crossing.content());
    private final UUID id = UUID.randomUUID();
    private final Agencies agencies = new Agencies(
            List.of(new Agencies.Seat(SMS, true), new Agencies.Seat(MH, false)),
            certificates,
            DeliveryMemory.whileRunning(),
            Optional.empty(),
            counter,
            Clock.systemUTC());

    @BeforeAll
    static void keys() throws IOException {
        DevelopmentPki.make(
                certificates, List.of(PartyCode.CHAPAR, SMS, MH, BirthOffice.REGISTER, new PartyCode("MT")));
    }

    @Test
    void turned_away_when_another_party_of_the_same_authority_signed() {
        Answer answer = receive(SMS, delivered(json, signer(new PartyCode("MT")).detachedJws(json)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(tally.turnedAway()).containsKey("SMS signature-invalid");
    }

    @Test
    void turned_away_when_one_byte_differs_from_what_was_signed() {
        String jws = gateway().detachedJws(json);
        json[json.length / 2] ^= 1;
        assertThat(receive(SMS, delivered(json, jws)).status()).isEqualTo(400);
    }

    @Test
    void turned_away_when_nothing_is_signed() {
        assertThat(receive(SMS, delivered(json, "")).status()).isEqualTo(400);
        byte[] xml = Documents.xml(crossing.exchange(), crossing.content());
        assertThat(receive(SMS, delivery("application/xml", Optional.empty(), xml))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void turned_away_when_a_file_comes_along_that_the_document_does_not_name() {
        String jws = gateway().detachedJws(json);
        byte[] body = ("--b\r\nContent-Type: application/json\r\nX-JWS-Signature: " + jws + "\r\n\r\n"
                        + new String(json, StandardCharsets.UTF_8)
                        + "\r\n--b\r\nContent-Type: application/pdf\r\n\r\nanother file\r\n--b--\r\n")
                .getBytes(StandardCharsets.UTF_8);
        Answer answer = receive(SMS, delivery("multipart/related; boundary=b", Optional.empty(), body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(tally.turnedAway()).containsKey("SMS file-unnamed");
    }

    @Test
    void acknowledges_with_the_digest_of_the_payload_and_its_own_signature() throws Malformed, SignatureRefused {
        Answer answer = receive(SMS, delivered(json, gateway().detachedJws(json)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(HardenedJson.parse(answer.body()))
                .containsEntry("deliveryId", id.toString())
                .containsEntry("digest", Digest.of(json).value())
                .containsKey("at");
        JsonSignatures signatures = new JsonSignatures(thumbprint -> Optional.empty());
        assertThat(signatures.verify(answer.body(), answer.jws().orElseThrow()).signer())
                .isEqualTo(PartyKeys.load(certificates, SMS).signingCertificate());
    }

    @Test
    void does_not_sign_where_the_directory_says_that_it_cannot() {
        Answer answer = receive(MH, delivered(json, gateway().detachedJws(json)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.jws()).isEmpty();
    }

    @Test
    void acknowledges_an_envelope_by_an_envelope() throws Malformed, SignatureRefused {
        byte[] child = Documents.xml(crossing.exchange(), crossing.content());
        byte[] envelope = gateway().envelope(child, false);
        EnvelopeSignatures envelopes = new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5));
        Answer answer = receive(SMS, delivery("text/xml; charset=UTF-8", Optional.empty(), envelope));
        assertThat(answer.status()).isEqualTo(200);
        Content said = Content.of(envelopes.verify(answer.body()).document());
        assertThat(said.must("/digest"))
                .isEqualTo(envelopes.verify(envelope).contentDigest().value());
        assertThat(said.must("/deliveryId")).isEqualTo(id.toString());
    }

    @Test
    void hangs_up_refuses_or_forges_when_told_to() throws Malformed {
        Delivery delivery = delivered(json, gateway().detachedJws(json));
        become(Mood.Kind.DOWN);
        assertThat(receive(SMS, delivery).status()).isZero();
        become(Mood.Kind.REFUSE);
        assertThat(receive(SMS, delivery).status()).isEqualTo(422);
        become(Mood.Kind.QUOTE);
        assertThat(receive(SMS, delivery).status()).isEqualTo(422);
        become(Mood.Kind.ERROR);
        assertThat(receive(SMS, delivery).status()).isEqualTo(500);
        become(Mood.Kind.WRONG_DIGEST);
        assertThat(HardenedJson.parse(receive(SMS, delivery).body()))
                .doesNotContainEntry("digest", Digest.of(json).value());
        become(Mood.Kind.UP);
        assertThat(receive(SMS, delivery).status()).isEqualTo(200);
    }

    @Test
    void notes_who_a_message_is_about_in_its_acknowledgement_when_told_to() throws Malformed {
        become(Mood.Kind.NOTE);
        Answer answer = receive(SMS, delivered(json, gateway().detachedJws(json)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(HardenedJson.parse(answer.body()).get("note"))
                .asString()
                .contains(crossing.content().toString().replaceAll("(?s).*familyName=([^,}]+).*", "$1"));
    }

    @Test
    void keeps_a_delivery_whose_acknowledgement_gets_lost_and_knows_it_again() throws Malformed {
        Delivery delivery = delivered(json, gateway().detachedJws(json));
        tally.sending(
                new Letter(
                        crossing.sender(),
                        crossing.exchange().exchange(),
                        crossing.messageId(),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        json),
                System.nanoTime());
        become(Mood.Kind.SILENT);
        assertThat(receive(SMS, delivery).status()).isZero();
        become(Mood.Kind.CUT);
        assertThat(receive(SMS, delivery).arrives()).isFalse();
        become(Mood.Kind.TWICE);
        assertThat(receive(SMS, delivery).arrives()).isTrue();
        assertThat(tally.total(Tally.Row::delivered)).isEqualTo(1);
        assertThat(tally.total(Tally.Row::again)).isEqualTo(2);
        assertThat(tally.total(Tally.Row::acknowledged)).isEqualTo(1);
    }

    @Test
    void refuses_one_and_takes_the_next_when_told_to_refuse_once() throws Malformed {
        Delivery delivery = delivered(json, gateway().detachedJws(json));
        become(Mood.Kind.REFUSE_ONCE);
        assertThat(receive(SMS, delivery).status()).isEqualTo(422);
        assertThat(receive(SMS, delivery).status()).isEqualTo(200);
    }

    @Test
    void answers_a_question_from_its_own_register_in_its_own_name() throws Malformed, SignatureRefused {
        Answer answer = agencies.answer(question("SMS"));
        assertThat(answer.status()).isEqualTo(200);
        Content said = Content.of(HardenedJson.parse(answer.body()));
        assertThat(said.must("/header/sender")).isEqualTo("SMS");
        assertThat(said.must("/questionDigest")).isEqualTo(Digest.of(asked()).value());
        JsonSignatures signatures = new JsonSignatures(thumbprint -> Optional.empty());
        assertThat(signatures.verify(answer.body(), answer.jws().orElseThrow()).signer())
                .isEqualTo(PartyKeys.load(certificates, SMS).signingCertificate());
    }

    @Test
    void has_no_answer_where_it_has_no_register() {
        assertThat(agencies.answer(question("MH")).status()).isEqualTo(404);
        assertThat(agencies.answer(question("nobody")).status()).isEqualTo(404);
    }

    private Call question(String party) {
        String jws = gateway().detachedJws(asked());
        Call.Head head = new Call.Head(Optional.empty(), Optional.empty(), Optional.of(jws));
        return new Call(party, "queries", "application/json", asked(), head);
    }

    private static byte[] asked() {
        try {
            return Files.readAllBytes(Path.of("schemas/migration-status-lookup/1.0/samples/minimal.json"));
        } catch (IOException e) {
            throw new AssertionError("the sample of the question cannot be read", e);
        }
    }

    private void become(Mood.Kind kind) {
        agencies.agency(SMS.value()).orElseThrow().become(new Mood(kind, Duration.ZERO));
    }

    private Answer receive(PartyCode party, Delivery delivery) {
        return agencies.agency(party.value()).orElseThrow().receive(delivery);
    }

    private Delivery delivered(byte[] payload, String jws) {
        return delivery("application/json", Optional.of(jws), payload);
    }

    private Delivery delivery(String type, Optional<String> jws, byte[] body) {
        return Delivery.of(Optional.of(id), Optional.empty(), type, jws, body);
    }

    private static Signer gateway() {
        return signer(PartyCode.CHAPAR);
    }

    private static Signer signer(PartyCode party) {
        return PartyKeys.load(certificates, party).signer();
    }
}
