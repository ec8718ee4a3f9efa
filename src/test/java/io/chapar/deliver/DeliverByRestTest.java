package io.chapar.deliver;

import io.chapar.accept.Multipart;
import io.chapar.message.ContentDamaged;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.FewParties;
import io.chapar.message.FileContent;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.record.AttachmentStore;
import io.chapar.record.IncomingFile;
import io.chapar.trust.DoubtfulCertificates;
import io.chapar.trust.JsonSignatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliverByRestTest {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final String DOCUMENT = "{\"header\":{\"messageId\":\"x\"}}";

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private World patient;
    private World quick;

    @BeforeAll
    void start() throws Exception {
        quick = new World(certificates, TestLimits.with(MILLISECOND, MILLISECOND));
        patient = new World(certificates, TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    @AfterAll
    void stop() {
        quick.close();
        patient.close();
    }

    private static Dispatch.Signed signed(World world, Agency agency, Party party, Passage.Attachment... files)
            throws Exception {
        return new Sign(world.signer, new FewParties(List.of(party)))
                .apply(World.json(World.due(agency.code.value(), files), DOCUMENT));
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

    private static Dispatch.Ended end(CompletableFuture<Dispatch.Ended> hand) throws Exception {
        return hand.get(30, TimeUnit.SECONDS);
    }

    private static Agency.Reply right(Agency agency, Dispatch.Signed signed) {
        return agency.acknowledges(Agency.acknowledgement(
                signed.due().deliveryId().toString(), signed.digest().value()));
    }

    /** The same, under a head with this in it. */
    private static Agency.Reply headed(Agency.Reply reply, String value) {
        return new Agency.Reply(
                reply.status(), reply.contentType(), reply.signature(), reply.body(), Optional.of(value));
    }

    @Test
    void handed_over_with_its_headers_and_acknowledged_with_the_right_digest() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = signed(quick, spr, party);
            spr.behaviour = call -> right(spr, signed);
            Dispatch.Ended ended = end(hand(quick.deliver(party), signed));
            assertThat(ended).isInstanceOf(Dispatch.Acknowledged.class);
            assertThat(((Dispatch.Acknowledged) ended).signature()).isNotNull();
            Agency.Call call = spr.calls.take();
            assertThat(call.body()).isEqualTo(signed.payload());
            assertThat(call.headers().getFirst("Chapar-Delivery-Id"))
                    .isEqualTo(signed.due().deliveryId().toString());
            assertThat(call.headers().getFirst("Chapar-Message-Id"))
                    .isEqualTo(signed.due().messageId().toString());
            assertThat(call.headers().getFirst("Chapar-Sender")).isEqualTo("MH");
            assertThat(call.headers().getFirst("Chapar-Exchange")).isEqualTo("birth-notification");
            assertThat(call.headers().getFirst("Chapar-Original-Digest"))
                    .isEqualTo(signed.due().originalDigest().value());
            new JsonSignatures(thumbprint -> Optional.empty())
                    .verify(call.body(), call.headers().getFirst("X-JWS-Signature"));
        }
    }

    @Test
    void unsigned_acknowledgement_is_enough_where_the_partys_entry_says_so() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, false);
            Dispatch.Signed signed = signed(quick, spr, party);
            spr.behaviour = call -> Agency.Reply.json(
                    Agency.acknowledgement(
                            signed.due().deliveryId().toString(),
                            signed.digest().value()),
                    Optional.empty());
            Dispatch.Ended ended = end(hand(quick.deliver(party), signed));
            assertThat(((Dispatch.Acknowledged) ended).signature()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 405, 409, 410, 413, 415, 422, 451})
    void another_4xx_parks_this_message_and_leaves_the_channel_open(int status) throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            spr.behaviour = call -> new Agency.Reply(
                    status,
                    "application/problem+json",
                    Optional.empty(),
                    "{\"code\":\"schema\",\"detail\":\"Ivan Ivanov is unknown\"}".getBytes(StandardCharsets.UTF_8),
                    Optional.empty());
            Dispatch.Ended ended = end(hand(world.deliver(party), signed(world, spr, party)));
            assertThat(ended).isInstanceOfSatisfying(Dispatch.Parked.class, parked -> {
                assertThat(parked.status()).isEqualTo(status);
                assertThat(parked.code()).isEqualTo("schema");
                assertThat(parked.text()).doesNotContain("Ivan");
            });
            assertThat(world.channels.of(spr.code).state()).isEqualTo(ReceiverChannel.State.OPEN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 302, 307, 401, 403, 404, 408, 429, 500, 501, 502, 503, 504})
    void a_matter_of_the_channel_stops_it_and_keeps_the_message_in_hand(int status) throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = signed(world, spr, party);
            CountDownLatch answered = new CountDownLatch(1);
            spr.behaviour = call -> {
                answered.countDown();
                return Agency.Reply.status(status);
            };
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed);
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(hand).isNotDone();
            spr.behaviour = call -> right(spr, signed);
            world.channels.of(spr.code).resume();
            assertThat(end(hand)).isInstanceOf(Dispatch.Acknowledged.class);
            assertThat(world.channels.of(spr.code).state()).isEqualTo(ReceiverChannel.State.OPEN);
        }
    }

    static Stream<Arguments> wrongAcknowledgements() {
        String otherDigest = "sha-256:" + "0".repeat(64);
        return Stream.of(
                Arguments.of("another digest", (Wrong) (a, s) -> a.acknowledges(
                        Agency.acknowledgement(s.due().deliveryId().toString(), otherDigest))),
                Arguments.of("another delivery", (Wrong) (a, s) -> a.acknowledges(Agency.acknowledgement(
                        "00000000-0000-4000-8000-000000000000", s.digest().value()))),
                Arguments.of("no time", (Wrong) (a, s) -> a.acknowledges("{\"deliveryId\":\""
                        + s.due().deliveryId() + "\",\"digest\":\"" + s.digest().value() + "\"}")),
                Arguments.of("no signature", (Wrong) (a, s) -> Agency.Reply.json(
                        Agency.acknowledgement(
                                s.due().deliveryId().toString(), s.digest().value()),
                        Optional.empty())),
                Arguments.of("a signature over other bytes", (Wrong) (a, s) -> Agency.Reply.json(
                        Agency.acknowledgement(
                                s.due().deliveryId().toString(), s.digest().value()),
                        Optional.of(a.signer.detachedJws(new byte[] {1})))),
                Arguments.of("no JSON", (Wrong) (a, s) -> a.acknowledges("thank you")),
                Arguments.of("a head without end", (Wrong) (a, s) -> headed(right(a, s), "x".repeat(20_000))),
                Arguments.of("too large", (Wrong) (a, s) -> a.acknowledges("{\"a\":\"" + "x".repeat(5000) + "\"}")));
    }

    /** What an agency does wrong. */
    interface Wrong {
        Agency.Reply reply(Agency agency, Dispatch.Signed signed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongAcknowledgements")
    void a_wrong_acknowledgement_is_none(String what, Wrong wrong) throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = signed(world, spr, party);
            spr.behaviour = call -> wrong.reply(spr, signed);
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed);
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(hand).as(what).isNotDone();
        }
    }

    @Test
    void an_acknowledgement_signed_by_another_party_is_none() throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR");
                Agency mj = new Agency(certificates, "MJ")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = signed(world, spr, party);
            spr.behaviour = call -> right(mj, signed);
            CompletableFuture<Dispatch.Ended> hand =
                    hand(world.deliver(party, mj.party(Party.Channel.REST, true)), signed);
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(hand).isNotDone();
            assertThat(world.channels.of(spr.code).getLastFailure()).contains("not this party's");
        }
    }

    @Test
    void a_receiver_that_does_not_answer_in_time_stops_its_channel() throws Exception {
        DeliveryLimits impatient =
                TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMillis(300));
        CountDownLatch never = new CountDownLatch(1);
        try (World world = new World(certificates, impatient);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            spr.behaviour = call -> {
                never.await();
                return Agency.Reply.status(500);
            };
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed(world, spr, party));
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(hand).isNotDone();
            assertThat(world.channels.of(spr.code).getLastFailure()).isEqualTo("time-out");
            never.countDown();
        }
    }

    @Test
    void refused_connections_stop_it_and_all_is_handed_over_once_it_is_back() throws Exception {
        try (World world = new World(certificates, quick.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, false);
            spr.behaviour = call -> Agency.Reply.json(
                    Agency.acknowledgement(
                            call.headers().getFirst("Chapar-Delivery-Id"),
                            Digest.of(call.body()).value()),
                    Optional.empty());
            int port = spr.goesDown();
            Deliver deliver = world.deliver(party);
            CompletableFuture<Dispatch.Ended> first = hand(deliver, signed(world, spr, party));
            CompletableFuture<Dispatch.Ended> second = hand(deliver, signed(world, spr, party));
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            spr.comesBack(port);
            assertThat(end(first)).isInstanceOf(Dispatch.Acknowledged.class);
            assertThat(end(second)).isInstanceOf(Dispatch.Acknowledged.class);
        }
    }

    @Test
    void let_go_and_not_handed_over_when_it_was_made_elsewhere_while_the_channel_was_stopped() throws Exception {
        try (World world = new World(certificates, quick.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, false);
            spr.behaviour = call -> Agency.Reply.json("{}", Optional.empty());
            Dispatch.Signed elsewhere = signed(world, spr, party);
            AtomicBoolean asked = new AtomicBoolean();
            int port = spr.goesDown();
            Deliver deliver = world.deliver(
                    (due, waited) -> {
                        asked.set(waited);
                        return !waited;
                    },
                    party);
            CompletableFuture<Dispatch.Ended> hand = hand(deliver, elsewhere);

            assertThat(end(hand)).isEqualTo(new Dispatch.LetGo(elsewhere.due()));

            spr.comesBack(port);
            assertThat(asked).isTrue();
            assertThat(spr.calls).isEmpty();
        }
    }

    @Test
    void let_go_and_not_handed_over_when_the_record_says_so_though_nothing_waited() throws Exception {
        try (World world = new World(certificates, quick.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, false);
            Dispatch.Signed elsewhere = signed(world, spr, party);
            AtomicBoolean asked = new AtomicBoolean(true);
            Deliver deliver = world.deliver(
                    (due, waited) -> {
                        asked.set(waited);
                        return false;
                    },
                    party);

            assertThat(end(hand(deliver, elsewhere))).isEqualTo(new Dispatch.LetGo(elsewhere.due()));

            assertThat(asked).isFalse();
            assertThat(spr.calls).isEmpty();
            assertThat(world.channels.of(spr.code).state()).isEqualTo(ReceiverChannel.State.OPEN);
        }
    }

    @Test
    void a_slow_receiver_delays_no_other() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger atSlow = new AtomicInteger();
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR");
                Agency mj = new Agency(certificates, "MJ")) {
            Party slowParty = spr.party(Party.Channel.REST, true);
            Party quickParty = mj.party(Party.Channel.REST, true);
            spr.behaviour = call -> {
                atSlow.incrementAndGet();
                slow.await();
                return Agency.Reply.status(500);
            };
            Deliver deliver = world.deliver(slowParty, quickParty);
            for (int i = 0; i < 2 * world.limits.connections(); i++) {
                assertThat(hand(deliver, signed(world, spr, slowParty))).isNotDone();
            }
            Dispatch.Signed signed = signed(world, mj, quickParty);
            mj.behaviour = call -> right(mj, signed);
            assertThat(end(hand(deliver, signed))).isInstanceOf(Dispatch.Acknowledged.class);
            slow.countDown();
        }
    }

    @Test
    void what_is_in_hand_goes_back_when_the_gateway_stops() throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed(world, spr, party));
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            world.channels.halt();
            assertThatThrownBy(() -> end(hand))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Halted.class);
        }
    }

    @Test
    void a_receiver_that_nobody_knows_keeps_its_messages_waiting() throws Exception {
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(), signed(world, spr, party));
            awaitState(world.channels.of(spr.code), ReceiverChannel.State.STOPPED);
            assertThat(hand).isNotDone();
        }
    }

    /** Its certificate is of the authority, and the receiver's own: only the name of the host is another's. */
    @Test
    void nothing_is_given_to_a_server_whose_certificate_is_for_another_host() throws Exception {
        FileSystemUtils.copyRecursively(certificates, folder);
        DoubtfulCertificates authority = new DoubtfulCertificates(folder);
        authority.writeServer("SPR", "elsewhere.example");
        try (World world = new World(certificates, patient.limits);
                Agency spr = new Agency(folder, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = signed(world, spr, party);
            spr.behaviour = call -> right(spr, signed);
            ReceiverChannel channel = world.channels.of(spr.code);

            CompletableFuture<Dispatch.Ended> hand = hand(world.deliver(party), signed);

            awaitState(channel, ReceiverChannel.State.STOPPED);
            assertThat(channel.getLastFailure()).contains("SSLPeerUnverifiedException");
            assertThat(hand).isNotDone();
            assertThat(spr.calls).isEmpty();

            int port = spr.goesDown();
            authority.writeServer("SPR", "localhost");
            spr.comesBack(port);
            channel.resume();
            assertThat(end(hand)).isInstanceOf(Dispatch.Acknowledged.class);
            assertThat(spr.calls).hasSize(1);
        }
    }

    @Test
    void a_mailbox_is_not_called() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.MAILBOX, true);
            assertThat(end(hand(quick.deliver(party), signed(quick, spr, party))))
                    .isInstanceOf(Dispatch.Mailed.class);
            assertThat(spr.calls).isEmpty();
        }
    }

    private Dispatch.Signed namingOneOfTwoFiles(Party party) throws Exception {
        Dispatch.Due due = World.due(
                "SPR",
                new Passage.Attachment("contract@mfa", "application/pdf", new byte[] {1, 2, 13, 10, 3}),
                new Passage.Attachment("secret@mfa", "application/pdf", new byte[] {9}));
        return new Sign(quick.signer, new FewParties(List.of(party)))
                .apply(World.json(due, "{\"attachment\":[{\"contentId\":\"contract@mfa\"}]}"));
    }

    private static void onlyTheNamedFile(Multipart parts) {
        assertThat(parts.attachments()).singleElement().satisfies(file -> {
            assertThat(file.contentId()).isEqualTo("contract@mfa");
            assertThat(file.bytes()).containsExactly(1, 2, 13, 10, 3);
        });
    }

    @Test
    void only_files_that_the_document_names_travel_with_it() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = namingOneOfTwoFiles(party);
            spr.behaviour = call -> right(spr, signed);
            assertThat(end(hand(quick.deliver(party), signed))).isInstanceOf(Dispatch.Acknowledged.class);
            Agency.Call call = spr.calls.take();
            assertThat(call.headers().getFirst("X-JWS-Signature")).isNull();
            Multipart parts = World.parts(call.headers().getFirst("Content-Type"), call.body(), folder);
            assertThat(parts.root().bytes()).isEqualTo(signed.payload());
            assertThat(parts.root().header("x-jws-signature")).isEqualTo(signed.signature());
            onlyTheNamedFile(parts);
        }
    }

    private static Dispatch.Due withFile(FileContent content) {
        return World.due("SPR", new Passage.Attachment("contract@mfa", "application/pdf", content));
    }

    private Dispatch.Signed naming(Dispatch.Due due, Party party) throws Exception {
        return new Sign(quick.signer, new FewParties(List.of(party)))
                .apply(World.json(due, "{\"attachment\":[{\"contentId\":\"contract@mfa\"}]}"));
    }

    @Test
    void a_file_from_the_store_arrives_byte_for_byte() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        FileContent stored;
        try (IncomingFile file = AttachmentStore.open(folder, Clock.systemUTC()).incoming()) {
            file.write(bytes, 0, bytes.length);
            stored = file.complete();
        }
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = naming(withFile(stored), party);
            spr.behaviour = call -> right(spr, signed);
            assertThat(end(hand(quick.deliver(party), signed))).isInstanceOf(Dispatch.Acknowledged.class);
            Agency.Call call = spr.calls.take();
            Multipart parts = World.parts(call.headers().getFirst("Content-Type"), call.body(), folder);
            assertThat(call.headers().getFirst("Content-Length")).isEqualTo(Integer.toString(call.body().length));
            assertThat(parts.attachments().get(0).content().digest()).isEqualTo(Digest.of(bytes));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Party.Channel.class,
            names = {"REST", "MAILBOX"})
    void parked_and_not_sent_when_a_file_is_not_what_was_stored(Party.Channel channel) throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(channel, true);
            Dispatch.Signed signed =
                    naming(withFile(unreadable(new ContentDamaged("a stored file was altered"))), party);

            assertThat(end(hand(quick.deliver(party), signed)))
                    .isInstanceOfSatisfying(
                            Dispatch.Parked.class,
                            parked -> assertThat(parked.code()).isEqualTo("damaged"));
            assertThat(spr.calls).isEmpty();
        }
    }

    @Test
    void a_damaged_file_that_the_receiver_does_not_get_is_no_reason_to_park() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = new Sign(quick.signer, new FewParties(List.of(party)))
                    .apply(World.json(withFile(unreadable(new ContentDamaged("gone"))), "{}"));
            spr.behaviour = call -> right(spr, signed);
            assertThat(end(hand(quick.deliver(party), signed))).isInstanceOf(Dispatch.Acknowledged.class);
        }
    }

    @Test
    void taken_again_later_when_the_store_cannot_be_read_at_the_moment() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.REST, true);
            Dispatch.Signed signed = naming(withFile(unreadable(new IOException("stale handle"))), party);
            Deliver deliver = quick.deliver(party);

            assertThatThrownBy(() -> deliver.apply(signed)).isInstanceOf(UncheckedIOException.class);
            assertThat(spr.calls).isEmpty();
            assertThat(quick.channels.of(spr.code).state()).isEqualTo(ReceiverChannel.State.OPEN);
        }
    }

    @Test
    void parked_when_it_is_too_large_for_a_queue_and_laid_into_a_mailbox_all_the_same() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Dispatch.Due due = withFile(FileContent.of(new byte[10_000]));
            Party queue = spr.party(Party.Channel.QUEUE, true);
            Party mailbox = spr.party(Party.Channel.MAILBOX, true);

            assertThat(end(hand(quick.deliver(queue), naming(due, queue))))
                    .isInstanceOfSatisfying(
                            Dispatch.Parked.class,
                            parked -> assertThat(parked.code()).isEqualTo("too-large"));
            assertThat(end(hand(quick.deliver(mailbox), naming(due, mailbox)))).isInstanceOf(Dispatch.Mailed.class);
        }
    }

    private static FileContent unreadable(IOException why) {
        return new FileContent() {
            @Override
            public Digest digest() {
                return Digest.of(new byte[0]);
            }

            @Override
            public byte[] beginning() {
                return new byte[0];
            }

            @Override
            public long size() {
                return 1;
            }

            @Override
            public InputStream open() throws IOException {
                throw why;
            }
        };
    }

    @Test
    void files_that_the_document_names_lie_in_the_mailbox_with_it() throws Exception {
        try (Agency spr = new Agency(certificates, "SPR")) {
            Party party = spr.party(Party.Channel.MAILBOX, true);
            Dispatch.Signed signed = namingOneOfTwoFiles(party);

            Dispatch.Mailed end = (Dispatch.Mailed) end(hand(quick.deliver(party), signed));
            Dispatch.Signed mailed = end.signed();

            assertThat(mailed.digest()).isEqualTo(signed.digest());
            assertThat(mailed.signature()).isEqualTo(signed.signature());
            assertThat(end.files()).singleElement().satisfies(place -> {
                assertThat(place.contentId()).isEqualTo("contract@mfa");
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                whole.write(mailed.payload(), 0, place.offset());
                whole.writeBytes(new byte[] {1, 2, 13, 10, 3});
                whole.write(mailed.payload(), place.offset(), mailed.payload().length - place.offset());
                Multipart parts = World.parts(mailed.contentType(), whole.toByteArray(), folder);
                assertThat(parts.root().bytes()).isEqualTo(signed.payload());
                onlyTheNamedFile(parts);
            });
        }
    }

    private static void awaitState(ReceiverChannel channel, ReceiverChannel.State state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> channel.state() == state);
    }
}
