package io.chapar.app.queue;

import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.DoubtfulCertificates;
import io.chapar.trust.DoubtfulCertificates.Doubt;
import io.chapar.trust.TestCertificates;
import io.chapar.trust.TestPki.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All of the gateway's private keys lie in PKCS#12 files. */
class KeysInPkcs12Test extends OwnKeys {

    /** As they stood in PEM files, without the lines around them. */
    private final List<String> keys = new ArrayList<>();

    private Path folder = Path.of("");

    @Override
    QueueGateway open(Path folder) throws IOException {
        this.folder = folder;
        Path certificates = folder.resolve("certificates");
        Path own = certificates.resolve("CHAPAR");
        TestCertificates.in(certificates);
        for (String use : USES) {
            String pem = Files.readString(own.resolve(use + ".key.pem"));
            keys.add(pem.replaceAll("-----.*-----|\\s", ""));
        }
        removePemKeys(own);
        // The other usual ending, too.
        Files.move(own.resolve("encrypt.p12"), own.resolve("encrypt.PFX"));
        Path password = Files.writeString(folder.resolve("password"), DevelopmentPki.PASSWORD + "\n");
        return new QueueGateway(
                folder,
                List.of(
                        "--chapar.parties.MH.clear-queues=jwe",
                        "--chapar.trust.key-password-file=" + password,
                        "--chapar.trust.signing-key=" + own.resolve("sign.p12"),
                        "--chapar.trust.encryption-key=" + own.resolve("encrypt.PFX"),
                        "--chapar.trust.tls-key=" + own.resolve("tls.p12")));
    }

    @Test
    void none_of_its_keys_lies_in_any_file_in_clear() throws Exception {
        assertThat(post(UUID.randomUUID(), "application/json").statusCode()).isEqualTo(202);
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            /** The running gateway has deleted it meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            String bytes = latin(read(file));
            String text = bytes.replaceAll("\\s", "");
            assertThat(keys)
                    .as(file.toString())
                    .hasSameSizeAs(USES)
                    .noneMatch(text::contains)
                    .noneMatch(key -> bytes.contains(latin(Base64.getDecoder().decode(key))));
        }
    }

    /** Nothing when the running gateway has deleted it meanwhile. */
    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_new_key_and_its_certificate_are_served_without_a_restart() throws Exception {
        DoubtfulCertificates authority = new DoubtfulCertificates(gateway.certificates());
        Identity fresh = authority.tls("CHAPAR", Doubt.NONE);
        write(fresh, gateway.certificates().resolve("CHAPAR/tls.p12"));
        authority.write("CHAPAR/tls", fresh);

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> served().equals(fresh.certificate()));
    }

    private Certificate served() throws Exception {
        return post(UUID.randomUUID(), "application/json")
                .sslSession()
                .orElseThrow()
                .getPeerCertificates()[0];
    }

    private static void write(Identity identity, Path file) throws IOException, GeneralSecurityException {
        char[] password = DevelopmentPki.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", identity.keys().getPrivate(), password, new Certificate[] {identity.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }
}
