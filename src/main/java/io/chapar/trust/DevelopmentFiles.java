package io.chapar.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** Writes key files that only their owner may read, from the first byte on; certificates may be read by all. */
final class DevelopmentFiles {

    private DevelopmentFiles() {}

    static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Puts the whole file in the place of an earlier one, or none of it. */
    static void replace(Path file, String text) throws IOException {
        Path being = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(being);
        write(being, text);
        Files.move(being, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void writeKeyStore(Path file, String alias, PrivateKey key, List<X509Certificate> chain) throws IOException {
        char[] password = DevelopmentPki.PASSWORD.toCharArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, password, chain.toArray(Certificate[]::new));
            store.store(bytes, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no PKCS#12", e);
        }
        write(file, bytes.toByteArray());
    }

    /** Moves a key's files into another folder, its certificate last: where that is, the others are. */
    static void add(Path from, String name, Path to) throws IOException {
        for (String kind : List.of(".key.pem", ".p12", ".cert.pem")) {
            Files.move(
                    from.resolve(name + kind),
                    to.resolve(name + kind),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(from);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        boolean open = file.getFileName().toString().contains(".cert.pem")
                || file.getFileName().toString().contains(".crl.pem");
        Files.createFile(file, mode(file, open ? "rw-r--r--" : "rw-------"));
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] mode(Path file, String permissions) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
