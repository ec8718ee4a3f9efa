package io.chapar.deliver;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Fields;
import io.chapar.message.Following;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.NotRecorded;
import io.chapar.schema.Headers;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.PemFiles;
import io.chapar.trust.XmlSignatures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AskTest {

    private static final ExchangeVersion LOOKUP = new ExchangeVersion("person-lookup", "1.0");
    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));
    private static final DeliveryLimits LIMITS =
            TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(1));

    @TempDir
    static Path certificates;

    /** What was recorded, in words. */
    private static class Notes implements Ask.Questions {
        final BlockingQueue<String> said = new LinkedBlockingQueue<>();

        @Override
        public void ask(Passage.Authorised question) {
            said.add("asked");
        }

        @Override
        public void answered(Passage.Authorised question, Digest digest, byte[] proof, boolean found) {
            said.add("answered " + found);
        }

        @Override
        public void unanswered(Passage.Authorised question, String reason) {
            said.add("unanswered");
        }
    }

    /** The record goes away while the provider is asked. */
    private static final class AwayNotes extends Notes {

        @Override
        public void answered(Passage.Authorised question, Digest digest, byte[] proof, boolean found) {
            throw new NotRecorded("away");
        }

        @Override
        public void unanswered(Passage.Authorised question, String reason) {
            throw new NotRecorded("away");
        }
    }

    private static Map<String, Object> sample() throws Exception {
        return HardenedJson.parse(Files.readAllBytes(Path.of("schemas/person-lookup/1.0/samples/minimal.json")));
    }

    private static Agreement agreement(Format format) {
        return new Agreement(
                LOOKUP,
                "lookup",
                Agreement.Pattern.QUERY,
                List.of(27),
                Agreement.Basis.ASSUMPTION,
                LocalDate.EPOCH,
                Optional.empty(),
                "nobody",
                Optional.empty(),
                Set.of("MH"),
                List.of(provider(format)),
                Set.of(),
                List.of(new Agreement.Entitlement(Set.of("MH"), List.of("/questionDigest", "/found"))),
                false,
                List.of(),
                List.of(),
                4,
                Agreement.Classification.NORMAL,
                Period.ofYears(1),
                Agreement.OnPark.WAIT,
                new Agreement.Attachments(Set.of(), 0),
                false,
                Following.NONE,
                Path.of("routes/person-lookup"));
    }

    private static Agreement.Receiver provider(Format format) {
        return new Agreement.Receiver(
                new PartyCode("SPR"),
                Optional.empty(),
                List.of("/identificationNumber"),
                format,
                "1.0",
                Optional.empty());
    }

    private static Passage.Authorised question(Party caller, Format format, Passage.Door door, Format answerForm)
            throws Exception {
        byte[] body = HardenedJson.write(sample());
        Fields fields = SCHEMAS.of(LOOKUP).message().fields(sample());
        Passage.Arrived arrived = new Passage.Arrived(
                door,
                "person-lookup",
                "application/json",
                body,
                Optional.empty(),
                List.of(),
                answerForm,
                false,
                Instant.EPOCH,
                "trace");
        return new Passage.Authorised(
                new Passage.Validated(
                        new Passage.Verified(
                                new Passage.Authenticated(
                                        new Passage.Accepted(arrived, Format.JSON, body, Optional.empty(), List.of()),
                                        caller),
                                Optional.empty(),
                                Digest.of(body),
                                Digest.of(body),
                                PemFiles.certificate(certificates.resolve("MH/sign.cert.pem"))),
                        Headers.read(fields),
                        fields),
                agreement(format),
                List.of(provider(format)));
    }

    /** "Not found" to this question, with one place changed. */
    private static Map<String, Object> answer(Passage.Authorised question, String field, Object value)
            throws Exception {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("messageId", "3f0d6a52-1111-4222-8333-444455556666");
        header.put("conversationId", question.header().conversationId().toString());
        header.put("exchange", "person-lookup");
        header.put("version", "1.0");
        header.put("action", "new");
        header.put("sender", "SPR");
        header.put("sentAt", "2026-11-23T09:41:00+04:00");
        header.put("nonce", "Qw3Er4Ty5Ui6Op7As8Df9g");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("header", header);
        answer.put(
                "questionDigest",
                question.validated().verified().contentDigest().value());
        answer.put("found", false);
        if (header.containsKey(field)) {
            header.put(field, value);
        } else if (!field.isEmpty()) {
            answer.put(field, value);
        }
        return answer;
    }

    private static Agency.Reply signed(Agency by, Map<String, Object> answer) {
        return by.acknowledges(new String(HardenedJson.write(answer), StandardCharsets.UTF_8));
    }

    /** Runs one question against a provider that behaves so. */
    private static Passage.Answered ask(World world, Notes notes, Passage.Authorised question, Party... parties)
            throws Exception {
        return new Ask(notes, new FewParties(List.of(parties)), SCHEMAS, world.signer, world.provider(SCHEMAS, parties))
                .apply(question);
    }

    @Test
    void answered_with_what_the_provider_signed_and_the_caller_may_see() throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Party party = spr.party(Party.Channel.REST, true);
            Passage.Authorised question =
                    question(mh.party(Party.Channel.MAILBOX, true), Format.JSON, Passage.Door.REST, Format.JSON);
            spr.behaviour = call -> signed(spr, answer(question, "", ""));
            Notes notes = new Notes();
            Passage.Answered answered = ask(world, notes, question, party);
            assertThat(notes.said).containsExactly("asked", "answered false");
            assertThat(answered.format()).isEqualTo(Format.JSON);
            new JsonSignatures(thumbprint -> Optional.empty())
                    .verify(answered.document(), answered.signature().orElseThrow());
            assertThat(HardenedJson.parse(answered.document()))
                    .containsEntry("found", false)
                    .containsEntry(
                            "questionDigest",
                            question.validated().verified().contentDigest().value());
            Agency.Call call = spr.calls.take();
            Map<String, Object> asked = HardenedJson.parse(call.body());
            assertThat(SCHEMAS.of(LOOKUP).message().fields(asked).at("/header/nonce"))
                    .isEmpty();
            assertThat(asked).containsKey("identificationNumber");
            assertThat(call.headers().getFirst("Chapar-Original-Digest"))
                    .isEqualTo(question.validated().verified().contentDigest().value());
            new JsonSignatures(thumbprint -> Optional.empty())
                    .verify(call.body(), call.headers().getFirst("X-JWS-Signature"));
        }
    }

    @Test
    void answered_by_a_provider_that_has_nothing_of_ours() throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency mh = new Agency(certificates, "MH");
                NodeReceiver spr = new NodeReceiver(certificates, "SPR")) {
            Passage.Authorised question =
                    question(mh.party(Party.Channel.MAILBOX, true), Format.JSON, Passage.Door.REST, Format.JSON);
            Notes notes = new Notes();
            ask(world, notes, question, spr.party());
            assertThat(notes.said).containsExactly("asked", "answered false");
        }
    }

    @Test
    void answered_in_xml_when_the_caller_accepts_that() throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Passage.Authorised question =
                    question(mh.party(Party.Channel.MAILBOX, true), Format.JSON, Passage.Door.REST, Format.XML);
            spr.behaviour = call -> signed(spr, answer(question, "", ""));
            Passage.Answered answered = ask(world, new Notes(), question, spr.party(Party.Channel.REST, true));
            assertThat(answered.format()).isEqualTo(Format.XML);
            new XmlSignatures().verify(HardenedXml.parse(answered.document()));
        }
    }

    @Test
    void asked_by_soap_in_a_signed_envelope() throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Passage.Authorised question =
                    question(mh.party(Party.Channel.MAILBOX, true), Format.XML, Passage.Door.SOAP, Format.XML);
            var schema = SCHEMAS.of(LOOKUP).answer().orElseThrow();
            spr.behaviour = call -> new Agency.Reply(
                    200,
                    "text/xml",
                    Optional.empty(),
                    spr.signer.envelope(schema.xml(schema.fields(answer(question, "", ""))), false),
                    Optional.empty());
            Passage.Answered answered = ask(world, new Notes(), question, spr.party(Party.Channel.SOAP, true));
            assertThat(answered.format()).isEqualTo(Format.XML);
            assertThat(answered.signature()).isEmpty();
        }
    }

    private interface Wrong {
        Agency.Reply reply(Agency spr, Agency mh, Passage.Authorised question) throws Exception;
    }

    private static void unavailable(Wrong wrong) throws Exception {
        Notes notes = new Notes();
        unavailable(notes, wrong);
        assertThat(notes.said).containsExactly("asked", "unanswered");
    }

    private static void unavailable(Notes notes, Wrong wrong) throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Party caller = mh.party(Party.Channel.MAILBOX, true);
            Passage.Authorised question = question(caller, Format.JSON, Passage.Door.REST, Format.JSON);
            spr.behaviour = call -> wrong.reply(spr, mh, question);
            unavailable(notes, world, question, spr.party(Party.Channel.REST, true), caller);
        }
    }

    private static void unavailable(Notes notes, World world, Passage.Authorised question, Party... parties) {
        assertThatThrownBy(() -> ask(world, notes, question, parties))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.PROVIDER_UNAVAILABLE);
                    assertThat(refusal.problem().retryAfter()).isPresent();
                });
    }

    /** The question's id is taken by then: to send the same again could never be answered. */
    @Test
    void told_to_ask_anew_when_the_record_goes_away_after_the_question() throws Exception {
        unavailable(new AwayNotes(), (spr, mh, question) -> signed(spr, answer(question, "", "")));
        unavailable(new AwayNotes(), (spr, mh, question) -> Agency.Reply.status(503));
    }

    @Test
    void an_answer_to_another_question_is_none() throws Exception {
        unavailable((spr, mh, question) ->
                signed(spr, answer(question, "questionDigest", "sha-256:" + "0".repeat(64))));
    }

    @Test
    void an_answer_of_another_conversation_is_none() throws Exception {
        unavailable((spr, mh, question) ->
                signed(spr, answer(question, "conversationId", "00000000-0000-4000-8000-000000000001")));
    }

    @Test
    void an_answer_that_another_party_signed_is_none() throws Exception {
        unavailable((spr, mh, question) -> signed(mh, answer(question, "", "")));
    }

    @Test
    void an_answer_that_names_another_sender_is_none() throws Exception {
        unavailable((spr, mh, question) -> signed(spr, answer(question, "sender", "MH")));
    }

    @Test
    void an_answer_that_does_not_fit_its_schema_is_none() throws Exception {
        unavailable((spr, mh, question) -> signed(spr, answer(question, "surprise", "x")));
    }

    @Test
    void an_unsigned_answer_is_none() throws Exception {
        unavailable((spr, mh, question) -> Agency.Reply.json(
                new String(HardenedJson.write(answer(question, "", "")), StandardCharsets.UTF_8), Optional.empty()));
    }

    @Test
    void a_provider_that_refuses_the_question_has_not_answered() throws Exception {
        unavailable((spr, mh, question) -> Agency.Reply.status(422));
    }

    @Test
    void a_dead_provider_costs_a_quick_no_after_a_few_questions() throws Exception {
        try (World world = new World(certificates, LIMITS);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Party caller = mh.party(Party.Channel.MAILBOX, true);
            Party party = spr.party(Party.Channel.REST, true);
            Passage.Authorised question = question(caller, Format.JSON, Passage.Door.REST, Format.JSON);
            Provider provider = world.provider(SCHEMAS, party);
            spr.behaviour = call -> Agency.Reply.status(503);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> provider.answer(question, party)).isInstanceOf(ChannelFailure.class);
            }
            assertThat(spr.calls).hasSize(3);
        }
    }

    @Test
    void a_provider_that_is_too_slow_has_not_answered() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        DeliveryLimits impatient =
                TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMillis(300));
        try (World world = new World(certificates, impatient);
                Agency spr = new Agency(certificates, "SPR");
                Agency mh = new Agency(certificates, "MH")) {
            Party caller = mh.party(Party.Channel.MAILBOX, true);
            Party party = spr.party(Party.Channel.REST, true);
            spr.behaviour = call -> {
                never.await();
                return Agency.Reply.status(500);
            };
            Provider provider = world.provider(SCHEMAS, party);
            assertThatThrownBy(
                            () -> provider.answer(question(caller, Format.JSON, Passage.Door.REST, Format.JSON), party))
                    .isInstanceOf(ChannelFailure.class)
                    .hasMessage("time-out");
            never.countDown();
        }
    }
}
