package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Locale.ROOT;

/**
 * The keys under which the keys of messages are wrapped: one for each exchange and day on which retention ends. They
 * exist only in this key file, never in the database; destroying one destroys everything of that exchange and day.
 * Nodes that share a database share the file: a key that is not known here may have been made by another one just now.
 */
public final class PayloadKeys {

    private static final int KEY_BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(PayloadKeys.class);

    /** So long a key that another node destroyed may still be known here. */
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(10).toNanos();

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyFile file;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> nameOfClass = new ConcurrentHashMap<>();
    private final Object change = new Object();
    private volatile long looked = System.nanoTime();

    /** The key that would open it is not here: it was destroyed, or belongs to another key file. */
    public static final class KeyMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyMissing(String name) {
            super("no key of the name " + name);
        }
    }

    private PayloadKeys(KeyFile file) {
        this.file = file;
    }

    public static PayloadKeys open(Path folder, Optional<char[]> password) throws IOException {
        try {
            PayloadKeys opened = new PayloadKeys(new KeyFile(folder, "payload.p12", password));
            opened.learn();
            return opened;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key file in " + folder + " cannot be read", e);
        }
    }

    /** What the file holds is known from now on, and nothing else. */
    private void learn() throws GeneralSecurityException {
        Set<String> names = Set.copyOf(Collections.list(file.keys().aliases()));
        for (String name : names) {
            if (!keys.containsKey(name) && file.keys().getKey(name, file.password()) instanceof SecretKey key) {
                keys.put(name, key);
                nameOfClass.put(classOf(name), name);
            }
        }
        keys.keySet().retainAll(names);
        nameOfClass.values().retainAll(names);
    }

    /** Whether another node made or destroyed keys since it was last looked. */
    private boolean refresh() {
        synchronized (change) {
            looked = System.nanoTime();
            try {
                if (file.refresh()) {
                    learn();
                    return true;
                }
                return false;
            } catch (GeneralSecurityException | IOException e) {
                LOG.warn("the key file cannot be read again, and is looked at later", e);
                return false;
            }
        }
    }

    /**
     * A new key for one message.
     *
     * @param exchangeAndDay what shares one fate, such as {@code border-crossing/2031-11-23}
     */
    public MessageKey forNew(String exchangeAndDay) {
        byte[] fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        return wrap(new SecretKeySpec(fresh, "AES"), exchangeAndDay);
    }

    /** The same key under another fate: what it sealed is destroyed with that day. */
    public MessageKey again(MessageKey key, String exchangeAndDay) {
        return wrap(key.key(), exchangeAndDay);
    }

    private MessageKey wrap(SecretKey key, String exchangeAndDay) {
        String name = nameOfClass.get(exchangeAndDay);
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
        return keys.keySet().stream().sorted().toList();
    }

    /** Removes the key for good; returns only when the file without it is on the disk. */
    public void destroy(String name) throws IOException {
        synchronized (change) {
            try {
                file.change(newest -> {
                    boolean there = newest.containsAlias(name);
                    if (there) {
                        newest.deleteEntry(name);
                    }
                    return there;
                });
                learn();
            } catch (GeneralSecurityException e) {
                throw new IOException("the key file cannot be written", e);
            }
        }
    }

    private SecretKey wrapping(String name) {
        if (System.nanoTime() - looked > BETWEEN_LOOKS_NANOS) {
            refresh();
        }
        SecretKey key = keys.get(name);
        if (key == null && refresh()) {
            key = keys.get(name);
        }
        if (key == null) {
            throw new KeyMissing(name);
        }
        return key;
    }

    private String make(String exchangeAndDay) {
        synchronized (change) {
            // The file knows only small letters.
            String wanted = exchangeAndDay.toLowerCase(ROOT);
            String made = nameOfClass.get(wanted);
            if (made != null) {
                return made;
            }
            byte[] random = new byte[KEY_BYTES + 4];
            RANDOM.nextBytes(random);
            // The random end keeps the keys of installations apart.
            String name = wanted + "/" + HexFormat.of().formatHex(random, KEY_BYTES, random.length);
            try {
                file.change(newest -> {
                    learn();
                    if (nameOfClass.containsKey(wanted)) {
                        return false;
                    }
                    SecretKey key = new SecretKeySpec(random, 0, KEY_BYTES, "AES");
                    newest.setEntry(name, new KeyStore.SecretKeyEntry(key), file.protection());
                    return true;
                });
                learn();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the key file cannot be written", e);
            }
            return Objects.requireNonNull(nameOfClass.get(wanted), "the file holds a key of each class now");
        }
    }

    private static String classOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
