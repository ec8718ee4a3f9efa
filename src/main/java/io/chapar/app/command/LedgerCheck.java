package io.chapar.app.command;

import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.TimestampVerification;
import io.chapar.record.Coverage;
import io.chapar.record.Database;
import io.chapar.record.ProofCheck;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TimestampTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Computes the whole ledger anew, and holds the events of the record and the timestamps against it. */
record LedgerCheck(String key, TimestampVerification timestamps, Restorations restorations) {

    /**
     * @param data the gateway's data folder, in which key and certificates are looked for that are not given
     * @param trusted certificates of the authorities whose timestamps count
     */
    static LedgerCheck of(Path data, Optional<String> key, Optional<Path> trusted) throws IOException {
        return of(data, key, trusted, new ProofCheck(Optional.empty()));
    }

    /** @param proofs opens what receivers acknowledged with */
    static LedgerCheck of(Path data, Optional<String> key, Optional<Path> trusted, ProofCheck proofs)
            throws IOException {
        TimestampTokens tokens = tokens(trusted.orElseGet(() -> data.resolve("timestamps.cert.pem")));
        Restorations restorations = new Restorations(connection -> new Coverage(connection, proofs));
        return new LedgerCheck(key(data, key), new TimestampVerification(tokens, restorations), restorations);
    }

    /** The ledger's verifier key: the one given, else the one that the gateway left in its data folder. */
    static String key(Path data, Optional<String> given) throws IOException {
        return given.isPresent() ? given.get() : keptKey(data.resolve("ledger.vkey"));
    }

    LedgerVerification.Finding verify(Database database) throws SQLException {
        String origin = key.substring(0, Math.max(0, key.indexOf('+')));
        return new LedgerVerification(database.readers(), origin, key).verify(timestamps);
    }

    private static String keptKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(
                    "there is no verifier key in " + file.toAbsolutePath() + "; give it with --verifier-key");
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    /** What was taken back since undoes no timestamp, so no revocation list is read. */
    private static TimestampTokens tokens(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there are no authorities' certificates in " + file.toAbsolutePath()
                    + "; give them with --timestamps-trusted");
        }
        Clock clock = Clock.systemUTC();
        CertificatePaths paths = new CertificatePaths(PemFiles.certificates(file), file, Duration.ZERO, clock);
        return new TimestampTokens(paths, Optional.empty(), Duration.ZERO, clock);
    }
}
