package io.chapar.app.command;

import io.chapar.app.TokenSettings;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.PrivateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the key files are opened: the same settings as the gateway's. */
final class TokenOptions {

    @Option(
            names = "--keys-password",
            defaultValue = "${env:CHAPAR_KEYS_PASSWORD:-}",
            description = "As the setting chapar.keys.password, better in the environment as CHAPAR_KEYS_PASSWORD.")
    private String password = "";

    @Option(
            names = "--chapar.keys.sealing-key",
            paramLabel = "PLACE",
            description = "The key in a token under which that password lies sealed, as pkcs11:object=LABEL.")
    private String sealingKey = "";

    @Option(names = "--chapar.token.library", paramLabel = "FILE", description = "The token's PKCS#11 module.")
    private String library = "";

    @Option(names = "--chapar.token.slot", paramLabel = "NUMBER", description = "Its slot.")
    private @Nullable Long slot;

    @Option(names = "--chapar.token.pin-file", paramLabel = "FILE", description = "Its PIN.")
    private String pinFile = "";

    /** The keys of payloads in this folder, in which they must be. */
    PayloadKeys payloadKeys(Path keys) throws IOException {
        if (!Files.exists(keys.resolve("payload.p12"))) {
            throw new IOException("there are no keys in " + keys.toAbsolutePath() + ": bring them there first");
        }
        return PayloadKeys.open(keys, password(keys));
    }

    /** The password of the key files in this folder; empty when it lies beside them. */
    Optional<char[]> password(Path keys) throws IOException {
        if (sealingKey.isEmpty()) {
            return password.isEmpty() ? Optional.empty() : Optional.of(password.toCharArray());
        }
        return Optional.of(new PrivateKeys(new TokenSettings(library, slot, pinFile, 1).open(), Optional.empty())
                .unsealed(sealingKey, "--chapar.keys.sealing-key", keys));
    }
}
