package io.chapar.app.command;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.sandbox.faults.DatabaseServer;
import io.chapar.sandbox.faults.Fault;
import io.chapar.sandbox.faults.FaultRun;
import io.chapar.sandbox.faults.Plan;
import io.chapar.sandbox.faults.SmallDisk;
import io.chapar.sandbox.faults.World;
import io.chapar.trust.TestCertificates;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault once while agencies send and receive, and a kill that loses the broker, too, as the last: the gateway starts
 * twice, which is what takes long. {@code -Dchapar.faults.seed=} repeats a run, {@code -Dchapar.faults.minutes=}
 * makes it longer; with {@code -Dchapar.test.database=postgresql} the database is killed, too.
 */
class UnderFaultsTest {

    private static final double RATE = 12;
    private static final int SENDERS = 8;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long seed = Long.getLong("chapar.faults.seed", new Random().nextInt(1_000_000));
    private final long minutes = Long.getLong("chapar.faults.minutes", 0);

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void what_has_a_receipt_arrives_once_and_in_order_whatever_breaks() throws Exception {
        if (!System.getProperty("chapar.test.database", "sqlite").equals("postgresql")) {
            Set<Fault> faults = EnumSet.allOf(Fault.class);
            if (minutes == 0) {
                faults.removeAll(EnumSet.of(Fault.KILL, Fault.STOP, Fault.WIPE));
            }
            assertThat(kept("", Optional.empty(), faults)).isTrue();
            return;
        }
        try (KilledPostgres postgres = new KilledPostgres(folder.resolve("postgres"))) {
            assertThat(kept(postgres.url(), Optional.of(postgres), EnumSet.allOf(Fault.class)))
                    .isTrue();
        }
    }

    private boolean kept(String url, Optional<DatabaseServer> server, Set<Fault> faults) throws Exception {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        Plan plan = new Plan(seed, Duration.ofMinutes(minutes), minutes > 0 ? 0 : 1, faults, Fault.WIPE, RATE, SENDERS);
        Optional<SmallDisk> disk = SmallDisk.ifPossible(folder.resolve("disk.img"), folder.resolve("disk"));
        try {
            return new FaultRun(
                            plan,
                            new World(RealFiles.CATALOGUE.all(), RealFiles.PARTIES.all()),
                            new FaultRun.Folders(Path.of("schemas"), certificates, folder.resolve("run")),
                            new FaultRun.Ground(
                                    List.of("--chapar.database.url=" + url),
                                    data -> new RecordInspection(url, data),
                                    server,
                                    false,
                                    disk),
                            Clock.systemUTC(),
                            new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                    .run();
        } finally {
            disk.ifPresent(SmallDisk::close);
        }
    }
}
