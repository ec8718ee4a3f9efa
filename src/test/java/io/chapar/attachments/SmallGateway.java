package io.chapar.attachments;

import io.chapar.app.FewExchanges;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with little memory, in a process of its own, in which a file goes to one receiver by each channel. */
final class SmallGateway implements AutoCloseable {

    /** Is called by REST. */
    static final PartyCode SMS = new PartyCode("SMS");

    /** Is called by SOAP. */
    static final PartyCode SPR = new PartyCode("SPR");

    /** Has a mailbox. */
    static final PartyCode MLSPP = new PartyCode("MLSPP");

    /** Has a queue. */
    static final PartyCode MFA = new PartyCode("MFA");

    /**
     * Without memory for one more it ends, instead of going on somehow. The young ones have little of it, because the
     * collector would otherwise have no room for what stays, and do nothing else.
     */
    private static final List<String> JVM = List.of(
            "-Xmx192m",
            "-Xmn32m",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=256m",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    private final Path certificates;
    private final GatewayProcess.Home home;
    private final GatewayProcess process;

    /** @param folder in which it leaves everything; its certificates are there */
    SmallGateway(Path folder, DataFolder data, FileReceiver receiver) throws IOException {
        this.certificates = certificates(folder);
        this.home = GatewayProcess.Home.fresh(data.path(), certificates, receiver.port());
        List<String> settings = List.of(
                "--chapar.routes=" + routes(folder.resolve("routes")),
                "--chapar.parties.MFA.channel=queue",
                "--chapar.parties.SPR.channel=soap",
                "--chapar.parties.SPR.address=https://localhost:" + receiver.port() + "/SPR/soap",
                "--server.ssl.ciphers=" + FileReceiver.CIPHER,
                // What people look at would be a third of what it keeps in memory.
                "--camel.main.jmx-enabled=false");
        this.process = GatewayProcess.start(home, JVM, settings, folder.resolve("gateway.log"));
    }

    static Path certificates(Path folder) {
        return folder.resolve("certificates");
    }

    /** Two, as they are, but beyond the consular register goes, and with its file, who stays abroad for some time only. */
    private static Path routes(Path routes) throws IOException {
        FewExchanges.in(routes, List.of(LargeFile.REGISTRATION.exchange(), LargeFile.REFERRAL.exchange()));
        Path agreement = routes.resolve("consular-registration/agreement.yaml");
        String register = "  - party: SPR\n    fields:\n";
        String work = "when: { field: /work, present: true }";
        String temporary = "when: { field: /stayAbroad/kind, in: [temporary] }";
        String before = Files.readString(agreement);
        assertThat(before).containsOnlyOnce(register).containsOnlyOnce(work);
        Files.writeString(
                agreement,
                before.replace(work, temporary)
                        .replace(
                                register, "  - party: SPR\n    " + temporary + "\n    fields:\n      - /attachment\n"));
        return routes;
    }

    void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(keys(PartyCode.CHAPAR));
    }

    PartyKeys keys(PartyCode party) {
        return PartyKeys.load(certificates, party);
    }

    GatewayConnection connection(PartyCode party) {
        return new GatewayConnection(home.address(), keys(party).client());
    }

    GatewayProcess.Home home() {
        return home;
    }

    boolean ended() throws InterruptedException {
        return process.endedWithin(Duration.ZERO);
    }

    @Override
    public void close() throws InterruptedException {
        process.kill();
    }
}
