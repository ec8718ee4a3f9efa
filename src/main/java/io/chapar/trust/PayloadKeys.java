package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import static java.util.Locale.ROOT;

/**
 * The keys under which the keys of messages are wrapped: one for each exchange and day on which retention ends. They
 * exist only in this key file, never in the database; destroying one destroys everything of that exchange and day.
 * Nodes that share a database share the file: a key that is not known here may have been made by another one just now.
 */
public final class PayloadKeys {

    private static final int KEY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyFile file;
    private final KnownKeys known;
    /** Of who makes or destroys keys; it may take long, while others do, and who only reads does not wait for it. */
    private final ReentrantLock change = new ReentrantLock();

    /** The key that would open it is not here: it was destroyed, or belongs to another key file. */
    public static final class KeyMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyMissing(String name) {
            super("no key of the name " + name);
        }
    }

    /** A key that a new message needs cannot be written just now: the disk is full, or the file is not there. */
    public static final class KeyNotMade extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyNotMade(IOException cause) {
            super("the key file cannot be written", cause);
        }
    }

    private PayloadKeys(KeyFile file) throws GeneralSecurityException {
        this.file = file;
        this.known = new KnownKeys(file);
    }

    public static PayloadKeys open(Path folder, Optional<char[]> password) throws IOException {
        try {
            return new PayloadKeys(new KeyFile(folder, "payload.p12", password));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key file in " + folder + " cannot be read", e);
        }
    }

    /**
     * A new key for one message.
     *
     * @param exchangeAndDay what shares one fate, such as {@code border-crossing/2031-11-23}
     * @throws KeyNotMade when it is the first of its fate, and the key file cannot be written now
     */
    public MessageKey forNew(String exchangeAndDay) {
        byte[] fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        return wrap(new SecretKeySpec(fresh, "AES"), exchangeAndDay);
    }

    /**
     * The same key under another fate: what it sealed is destroyed with that day.
     *
     * @throws KeyNotMade as for a new one
     */
    public MessageKey again(MessageKey key, String exchangeAndDay) {
        return wrap(key.key(), exchangeAndDay);
    }

    private MessageKey wrap(SecretKey key, String exchangeAndDay) {
        String name = known.ofClass(exchangeAndDay);
        if (name == null) {
            name = make(exchangeAndDay);
        }
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.WRAP_MODE, wrapping(name));
            return new MessageKey(name, cipher.wrap(key), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot be wrapped", e);
        }
    }

    /** @throws KeyMissing when the wrapping key was destroyed */
    public MessageKey unwrap(String name, byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, wrapping(name));
            return new MessageKey(name, wrapped, (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the wrapped key was altered, or is another's", e);
        }
    }

    public List<String> names() {
        return known.names();
    }

    /** The names of those whose last day is before this one. */
    public List<String> over(LocalDate today) {
        return names().stream()
                .filter(name -> lastDay(KnownKeys.classOf(name)).isBefore(today))
                .toList();
    }

    private static LocalDate lastDay(String exchangeAndDay) {
        return LocalDate.parse(exchangeAndDay.substring(exchangeAndDay.lastIndexOf('/') + 1));
    }

    /** Removes the keys for good; returns only when the file without them is on the disk. */
    public void destroy(Collection<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        change.lock();
        try {
            file.change(newest -> {
                boolean there = false;
                for (String name : names) {
                    if (newest.containsAlias(name)) {
                        newest.deleteEntry(name);
                        there = true;
                    }
                }
                return there;
            });
            known.learn();
        } catch (GeneralSecurityException e) {
            throw new IOException("the key file cannot be written", e);
        } finally {
            change.unlock();
        }
    }

    private SecretKey wrapping(String name) {
        return known.find(name).orElseThrow(() -> new KeyMissing(name));
    }

    private String make(String exchangeAndDay) {
        // The file knows only small letters.
        String wanted = exchangeAndDay.toLowerCase(ROOT);
        change.lock();
        try {
            String made = known.ofClass(wanted);
            if (made != null) {
                return made;
            }
            file.change(newest -> made(newest, wanted));
            known.learn();
        } catch (IOException e) {
            throw new KeyNotMade(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key file cannot be changed", e);
        } finally {
            change.unlock();
        }
        return Objects.requireNonNull(known.ofClass(wanted), "the file holds a key of each class now");
    }

    /** Whether it was made now, and not by another node a moment ago. */
    private boolean made(KeyStore newest, String wanted) throws KeyStoreException {
        if (Collections.list(newest.aliases()).stream()
                .anyMatch(name -> KnownKeys.classOf(name).equals(wanted))) {
            return false;
        }
        byte[] random = new byte[KEY_BYTES + 4];
        RANDOM.nextBytes(random);
        // The random end keeps the keys of installations apart.
        String name = wanted + "/" + HexFormat.of().formatHex(random, KEY_BYTES, random.length);
        SecretKey key = new SecretKeySpec(random, 0, KEY_BYTES, "AES");
        newest.setEntry(name, new KeyStore.SecretKeyEntry(key), file.protection());
        return true;
    }
}
