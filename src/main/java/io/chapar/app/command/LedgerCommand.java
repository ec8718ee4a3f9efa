package io.chapar.app.command;

import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.TimestampVerification;
import io.chapar.record.Database;
import io.chapar.record.ProofCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What can be asked of the ledger. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "What can be asked of the ledger, and what is left to say in it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LedgerCommand.Verify.class, LedgerCheckpointCommand.class, LedgerRestoredCommand.class})
final class LedgerCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** Computes the whole ledger anew. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Computes the whole ledger anew from the database, beside a running gateway or without one,",
                "checks every timestamp, says up to which entry the ledger is under one,",
                "and names the first entry that does not fit. Exit code 0: everything fits; 1: it does not;",
                "2: it could not be checked."
            })
    static final class Verify implements Callable<Integer> {

        @Mixin
        private RecordOptions options = new RecordOptions();

        @Option(
                names = "--verifier-key",
                description = "The ledger's verifier key, as name+id+key; without it, the one in the file"
                        + " ledger.vkey of the data folder.")
        private @Nullable String verifierKey;

        @Option(
                names = "--timestamps-trusted",
                description = "The certificates of the authorities whose timestamps count, as PEM; without it,"
                        + " those in the file timestamps.cert.pem of the data folder.")
        private @Nullable Path trusted;

        @Option(
                names = {"--keys", "--chapar.keys.folder"},
                paramLabel = "FOLDER",
                description = "The keys: then what receivers acknowledged with is opened, too, as far as its key was"
                        + " not destroyed. Without it nothing is opened, and everything verified all the same.")
        private @Nullable Path keys;

        @Mixin
        private TokenOptions token = new TokenOptions();

        @Option(
                names = "--since-checkpoint",
                paramLabel = "FILE",
                description = "A checkpoint that was kept elsewhere: is the ledger still the one that it was then?"
                        + " May be given several times.")
        private List<Path> since = List.of();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws IOException, SQLException {
            try (Database database = options.open()) {
                ProofCheck proofs =
                        new ProofCheck(keys == null ? Optional.empty() : Optional.of(token.payloadKeys(keys)));
                LedgerCheck check = LedgerCheck.of(
                        options.data(), Optional.ofNullable(verifierKey), Optional.ofNullable(trusted), proofs);
                Output out = new Output(spec);
                int code = print(check.verify(database), check.timestamps(), out);
                if (code != 0) {
                    return code;
                }
                if (keys != null) {
                    print(proofs, out);
                }
                boolean goesOn =
                        new SinceCheckpoint(database, check.restorations().told(), out).hold(since, check.key());
                return goesOn ? 0 : 1;
            }
        }

        private static void print(ProofCheck proofs, Output out) {
            out.line("  acknowledgements opened %,12d", proofs.opened());
            out.line("  their key destroyed     %,12d", proofs.destroyed());
            if (proofs.withoutKey() > 0) {
                out.line("  their key not there     %,12d", proofs.withoutKey());
            }
        }

        private static int print(LedgerVerification.Finding finding, TimestampVerification timestamps, Output out) {
            Optional<String> fault = finding.fault();
            if (fault.isPresent()) {
                out.line("The ledger does not verify.");
                out.line("First entry that does not fit: %d (%s)", finding.at(), fault.get());
                return 1;
            }
            out.line("The ledger verifies.");
            out.line("  entries recomputed      %,12d", finding.entries());
            out.line("  checkpoints verified    %,12d", finding.checkpoints());
            out.line("  events not yet entered  %,12d", finding.pending());
            out.line("  entries timestamped     %,12d", timestamps.stamped());
            timestamps
                    .at()
                    .ifPresent(at -> out.line(
                            "Entries up to %d are proven to be from before %s.", timestamps.stamped() - 1, at));
            return 0;
        }
    }
}
