package io.chapar.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A PKCS#12 file with keys that exist nowhere else. It is replaced as a whole, and the new one is on the disk before the
 * old one goes.
 */
final class KeyFile {

    private static final int PASSWORD_BYTES = 24;

    private final Path folder;
    private final Path file;
    private final char[] password;
    private final KeyStore keys;

    /** @param configured the password; when there is none, one is made once and kept in a file of its own beside */
    KeyFile(Path folder, String name, Optional<char[]> configured) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.file = folder.resolve(name);
        this.password = configured.isPresent() ? configured.get().clone() : madePassword(folder);
        this.keys = KeyStore.getInstance("PKCS12");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, password);
            }
        } else {
            keys.load(null, password);
        }
    }

    KeyStore keys() {
        return keys;
    }

    KeyStore.PasswordProtection protection() {
        return new KeyStore.PasswordProtection(password);
    }

    char[] password() {
        return password;
    }

    void save() throws IOException, GeneralSecurityException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        createPrivate(fresh);
        try (OutputStream out = Files.newOutputStream(fresh)) {
            keys.store(out, password);
        }
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(folder);
    }

    private static char[] madePassword(Path folder) throws IOException {
        Path kept = folder.resolve("password");
        if (!Files.exists(kept)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            createPrivate(kept);
            Files.writeString(kept, HexFormat.of().formatHex(random), StandardCharsets.US_ASCII);
            force(kept);
        }
        return Files.readString(kept, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    private static void createPrivate(Path path) throws IOException {
        Files.deleteIfExists(path);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
