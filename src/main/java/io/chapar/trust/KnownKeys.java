package io.chapar.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process knows of a file of keys. Whoever asks for a key waits for nobody who writes the file. */
final class KnownKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);

    /** So long a key that another node destroyed may still be known here. */
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int MOST_REMEMBERED = 10_000;

    private final KeyFile file;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> nameOfClass = new ConcurrentHashMap<>();
    private final Map<String, Long> missing = new ConcurrentHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile long looked = System.nanoTime();

    KnownKeys(KeyFile file) throws GeneralSecurityException {
        this.file = file;
        learn();
    }

    Optional<SecretKey> find(String name) {
        if (System.nanoTime() - looked > BETWEEN_LOOKS_NANOS) {
            look();
        }
        SecretKey key = keys.get(name);
        return key != null ? Optional.of(key) : sought(name);
    }

    /** The name of a key of this class; null when none is known. */
    @Nullable
    String ofClass(String exchangeAndDay) {
        return nameOfClass.get(exchangeAndDay);
    }

    List<String> names() {
        return keys.keySet().stream().sorted().toList();
    }

    /** What the file held when it was last read is known from now on, and nothing else. */
    synchronized void learn() throws GeneralSecurityException {
        KeyStore newest = file.keys();
        Set<String> names = Set.copyOf(Collections.list(newest.aliases()));
        for (String name : names) {
            if (!keys.containsKey(name) && newest.getKey(name, file.password()) instanceof SecretKey key) {
                keys.put(name, key);
                nameOfClass.put(classOf(name), name);
            }
        }
        keys.keySet().retainAll(names);
        nameOfClass.values().retainAll(names);
    }

    /** Whether another node made or destroyed keys since it was last looked; one looks, the others go on. */
    private void look() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            looked = System.nanoTime();
            if (file.refresh()) {
                learn();
            }
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("the key file cannot be read again, and is looked at later", e);
        } finally {
            reading.unlock();
        }
    }

    /** Read before it is said to be missing: another node may have made it just now. */
    private Optional<SecretKey> sought(String name) {
        long asked = System.nanoTime();
        Long before = missing.get(name);
        if (before != null && asked - before < BETWEEN_LOOKS_NANOS) {
            return Optional.empty();
        }
        reading.lock();
        try {
            if (!keys.containsKey(name)) {
                file.readAgain();
                learn();
            }
            if (!keys.containsKey(name)) {
                remember(name, asked);
            }
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("the key file cannot be read again, and is looked at later", e);
        } finally {
            reading.unlock();
        }
        return Optional.ofNullable(keys.get(name));
    }

    /** A name is made at random, and never before its key: who asks for a destroyed one again need not be told anew. */
    private void remember(String name, long asked) {
        if (missing.size() >= MOST_REMEMBERED) {
            missing.clear();
        }
        missing.put(name, asked);
    }

    static String classOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
