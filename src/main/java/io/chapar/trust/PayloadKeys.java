package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys under which the keys of messages are wrapped: one for each exchange and day on which retention ends. They
 * exist only in this key file, never in the database; destroying one destroys everything of that exchange and day.
 */
public final class PayloadKeys {

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyFile file;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> nameOfClass = new ConcurrentHashMap<>();
    private final Object change = new Object();

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
            for (String name : Collections.list(opened.file.keys().aliases())) {
                opened.load(name);
            }
            return opened;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key file in " + folder + " cannot be read", e);
        }
    }

    private void load(String name) throws GeneralSecurityException {
        if (file.keys().getKey(name, file.password()) instanceof SecretKey key) {
            keys.put(name, key);
            nameOfClass.put(classOf(name), name);
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
                if (file.keys().containsAlias(name)) {
                    file.keys().deleteEntry(name);
                    file.save();
                }
            } catch (GeneralSecurityException e) {
                throw new IOException("the key file cannot be written", e);
            }
            keys.remove(name);
            nameOfClass.remove(classOf(name), name);
        }
    }

    private SecretKey wrapping(String name) {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new KeyMissing(name);
        }
        return key;
    }

    private String make(String exchangeAndDay) {
        synchronized (change) {
            String made = nameOfClass.get(exchangeAndDay);
            if (made != null) {
                return made;
            }
            byte[] random = new byte[KEY_BYTES + 4];
            RANDOM.nextBytes(random);
            // The random end keeps the keys of several nodes apart.
            String name = exchangeAndDay + "/" + HexFormat.of().formatHex(random, KEY_BYTES, random.length);
            try {
                SecretKey key = new SecretKeySpec(random, 0, KEY_BYTES, "AES");
                file.keys().setEntry(name, new KeyStore.SecretKeyEntry(key), file.protection());
                file.save();
                keys.put(name, key);
                nameOfClass.put(exchangeAndDay, name);
                return name;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the key file cannot be written", e);
            }
        }
    }

    private static String classOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
