package io.chapar.nodes;

import io.chapar.app.Arrivals;
import io.chapar.app.FewExchanges;
import io.chapar.app.KeyedLetters;
import io.chapar.app.catalogue.PartyFile;
import io.chapar.ledger.LedgerVerification;
import io.chapar.message.PartyCode;
import io.chapar.record.Coverage;
import io.chapar.record.Database;
import io.chapar.record.Equation;
import io.chapar.record.Equations;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestCertificates;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two gateways, of which one can be killed, on one PostgreSQL that was empty; and the agencies around them. */
final class TwoNodes implements AutoCloseable {

    static final PartyCode SPR = new PartyCode("SPR");

    /** Is delivered to over REST. */
    static final PartyCode MH = new PartyCode("MH");

    /** Fetches from its mailbox. */
    static final PartyCode MJ = new PartyCode("MJ");

    private static final List<String> JVM = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "--enable-native-access=ALL-UNNAMED");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SELDOM = Duration.ofMillis(500);

    private final Path folder;
    private final Path routes;
    private final Path certificates;
    private final PartyKeys keys;
    private final EmbeddedPostgres postgres;
    private final Agencies agencies;
    private final AgencyServer server;
    private final GatewayProcess mortal;
    private final SurvivingNode survivor;
    private final List<Mail> mails;
    private final KeyedLetters letters;
    final List<BrokerPairMember> brokers = new ArrayList<>();
    private final List<QueueReaders> readers = new ArrayList<>();
    final Arrivals arrivals = new Arrivals(MH);

    /** For looking only. */
    private final Database database;

    TwoNodes(Path folder) throws IOException, InterruptedException, ExecutionException {
        this(folder, false);
    }

    /**
     * @param pair whether both use a pair of brokers outside, at which MJ reads its queue; else each has its own, and MJ has
     *     a mailbox
     */
    TwoNodes(Path folder, boolean pair) throws IOException, InterruptedException, ExecutionException {
        this.folder = folder;
        this.routes = FewExchanges.in(folder.resolve("routes"), List.of("identification-number-assigned"));
        this.certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        this.keys = PartyKeys.load(certificates, PartyCode.CHAPAR);
        this.postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "off")
                .start();
        List<Agencies.Seat> seats = PartyFile.codes(Path.of("routes", PartyFile.NAME)).stream()
                .map(code -> new Agencies.Seat(code, !code.equals(MH)))
                .toList();
        this.agencies = new Agencies(
                seats, certificates, DeliveryMemory.whileRunning(), Optional.empty(), arrivals, Clock.systemUTC());
        this.server = new AgencyServer(0, keys, agencies, new ControlDesk(agencies, nowhere -> {}));
        server.start();
        if (pair) {
            brokers.add(new BrokerPairMember(folder, certificates, "first"));
            brokers.get(0).awaitSaid("serves nodes");
            brokers.add(new BrokerPairMember(folder, certificates, "second"));
            readers.add(new QueueReaders(
                    agencies,
                    certificates,
                    brokers.stream().map(BrokerPairMember::amqp).collect(Collectors.joining(",", "failover:(", ")")),
                    List.of(MJ),
                    (answers, kind, body, jws) -> {}));
            readers.forEach(QueueReaders::open);
        }
        GatewayProcess.Home home = GatewayProcess.Home.fresh(folder.resolve("mortal"), certificates, server.port());
        Files.createDirectories(home.data());
        this.mortal = GatewayProcess.start(home, JVM, settings(), home.data().resolve("gateway.log"));
        // Both at once, on an empty database.
        this.survivor = new SurvivingNode(folder, server.port(), postgres.getPostgresDatabase(), settings());
        mortal.awaitReady(keys);
        survivor.awaitReady(keys);
        this.database = Database.existing(url(), folder);
        this.mails = Stream.of(home.address(), survivor.address())
                .map(node -> new Mail(node, certificates, new Counter()))
                .toList();
        this.letters = new KeyedLetters(mail(0).signer(SPR));
    }

    /** Of both nodes. */
    private List<String> settings() {
        return List.of(
                "--chapar.routes=" + routes,
                "--chapar.broker.url="
                        + brokers.stream().map(BrokerPairMember::address).collect(Collectors.joining(",")),
                "--chapar.database.url=" + url(),
                "--chapar.keys.folder=" + folder.resolve("shared/keys"),
                "--chapar.attachments.folder=" + folder.resolve("shared/attachments"),
                "--chapar.parties.MJ.channel=" + (brokers.isEmpty() ? "mailbox" : "queue"),
                "--chapar.broker.unacknowledged=" + (brokers.isEmpty() ? "60s" : "10s"),
                "--chapar.timestamps.every=2s",
                "--chapar.deliver.longest-back-off=1s");
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    Mail mail(int node) {
        return mails.get(node);
    }

    void become(PartyCode party, Mood.Kind kind) {
        agencies.become(party, new Mood(kind, Duration.ZERO));
    }

    /** Node 0, without a chance to put anything in order. */
    void kill() throws InterruptedException {
        mortal.kill();
    }

    /** Is sent as soon as it is written. */
    Letter letter(Optional<String> orderingKey) {
        return letters.next(orderingKey);
    }

    /** Each ordering key's messages, of those that have been sent, have come to the receiver in this order. */
    void assertInOrder() {
        assertThat(letters.byKey())
                .isNotEmpty()
                .allSatisfy((key, sent) ->
                        assertThat(arrivals.inOrder(sent)).as(key).isEqualTo(sent));
    }

    /** Nothing that was recorded is left out of the ledger: who writes it is not dead. */
    LedgerVerification.Finding wholeLedger() {
        return await().pollInterval(SELDOM).atMost(PATIENCE).until(this::ledger, finding -> finding.pending() == 0);
    }

    Equation equation() {
        return new Equations(database).count(Optional.empty());
    }

    LedgerVerification.Finding ledger() throws IOException, SQLException {
        String key = Files.readString(survivor.data().resolve("ledger.vkey"), StandardCharsets.UTF_8)
                .strip();
        return new LedgerVerification(database.readers(), key.substring(0, key.indexOf('+')), key)
                .verify(Coverage::new);
    }

    @Override
    public void close() throws IOException, InterruptedException, ExecutionException {
        database.close();
        readers.forEach(QueueReaders::close);
        mails.forEach(Mail::close);
        mortal.kill();
        survivor.close();
        for (BrokerPairMember broker : brokers) {
            broker.kill();
        }
        server.close();
        postgres.close();
    }
}
