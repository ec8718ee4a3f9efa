package io.chapar.app;

import io.chapar.trust.Token;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The token in which keys lie, if they lie in one.
 *
 * @param library the PKCS#11 module of its maker; empty: there is none
 * @param slot the number of its slot; an index among them would change with what else is there
 * @param pinFile a file with the user's PIN; a PIN is no setting, for settings are shown and logged
 * @param atOnce how many computations it is asked for at the same time
 */
@ConfigurationProperties("chapar.token")
public record TokenSettings(
        @DefaultValue("") String library,
        @Nullable Long slot,
        @DefaultValue("") String pinFile,
        @DefaultValue("32") int atOnce) {

    public TokenSettings {
        if (!library.isEmpty() && pinFile.isEmpty()) {
            throw new IllegalArgumentException(
                    "chapar.token.pin-file is missing: name a file that holds the PIN of the token, and nothing else");
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("chapar.token.at-once must be at least 1");
        }
    }

    /** @throws IllegalStateException if it cannot be opened, in words for whoever starts the gateway */
    public Optional<Token> open() {
        if (library.isEmpty()) {
            return Optional.empty();
        }
        if (slot == null) {
            throw new IllegalStateException(
                    "chapar.token.slot is missing: set it to the number of the token's slot, which"
                            + " pkcs11-tool --module " + library + " --list-slots shows");
        }
        return Optional.of(new Token(Path.of(library).toAbsolutePath(), slot, Path.of(pinFile), atOnce));
    }
}
