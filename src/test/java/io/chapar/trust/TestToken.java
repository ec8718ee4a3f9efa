package io.chapar.trust;

import io.chapar.habits.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token of SoftHSM, one for each process of tests: the module learns once where its tokens are. The build says where that
 * is written ({@code SOFTHSM2_CONF} in {@code pom.xml}).
 */
public final class TestToken {

    static final String PIN = "29183";

    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

    private static @Nullable TestToken made;

    private final long slot;

    private TestToken(long slot) {
        this.slot = slot;
    }

    /** Skips the test where SoftHSM is not installed. */
    public static synchronized TestToken needed() {
        Path program = Program.needed("softhsm2-util");
        if (made == null) {
            made = new TestToken(initialised(program));
        }
        return made;
    }

    private static long initialised(Path program) {
        try {
            String settings = Objects.requireNonNull(System.getenv("SOFTHSM2_CONF"), "pom.xml sets it");
            Path tokens = Files.createTempDirectory("softhsm");
            Files.writeString(
                    Files.createDirectories(Path.of(settings).toAbsolutePath().getParent())
                            .resolve(Path.of(settings).getFileName()),
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            Process made = new ProcessBuilder(
                            program.toString(),
                            "--init-token",
                            "--free",
                            "--label",
                            "chapar",
                            "--so-pin",
                            "73911",
                            "--pin",
                            PIN)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher slot = SLOT.matcher(said);
            assertThat(made.waitFor(1, TimeUnit.MINUTES) && slot.find())
                    .as(said)
                    .isTrue();
            return Long.parseLong(slot.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Path module() {
        return Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so",
                        "/usr/lib64/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("softhsm2-util is there and its module is not"));
    }

    public long slot() {
        return slot;
    }

    /** A file with the right PIN. */
    public static Path pinFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve("pin"), PIN + "\n");
    }

    Token open(Path pinFile) {
        return new Token(module(), slot, pinFile, 4);
    }

    /** Puts a key there, which may sign and agree on keys. */
    public void put(String label, PrivateKey key, X509Certificate certificate) {
        try {
            store().setKeyEntry(label, key, null, new Certificate[] {certificate});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes an AES key there. */
    public void putSecret(String label) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            store().setEntry(label, new KeyStore.SecretKeyEntry(new SecretKeySpec(random, "AES")), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token knows nobody any more: every session of this process has lost its login. */
    public void forgetLogins() {
        try {
            KeyStore store = store();
            ((AuthProvider) store.getProvider()).logout();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        Provider provider = Objects.requireNonNull(Security.getProvider("SunPKCS11"))
                .configure("--name=filling\nlibrary=\"" + module() + "\"\nslot=" + slot
                        + "\nattributes(import,CKO_PRIVATE_KEY,CKK_EC)={ CKA_DERIVE=true }");
        try {
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, PIN.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
