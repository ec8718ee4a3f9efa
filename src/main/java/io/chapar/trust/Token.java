package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKey;
import javax.security.auth.login.FailedLoginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token of PKCS#11 (OASIS, version 2.40): a hardware security module, or what stands for one. Keys in it are used by
 * their labels and never come out. When it was lost and is back, it is opened again by whoever needs it next.
 */
public final class Token {

    private static final Logger LOG = LoggerFactory.getLogger(Token.class);

    /** A token that hangs must not take every thread with it. */
    private static final Duration LONGEST_TURN_WAIT = Duration.ofSeconds(5);

    /** So that a token that is away is not asked for a session by each message. */
    private static final long BETWEEN_OPENINGS_NANOS = Duration.ofSeconds(1).toNanos();

    /** What is agreed on with a key in the token (ECDH) is a secret for us, and comes out to be used. */
    private static final String AGREED_COMES_OUT =
            "attributes(*,CKO_SECRET_KEY,CKK_GENERIC_SECRET)={ CKA_SENSITIVE=false CKA_EXTRACTABLE=true }";

    private final Path library;
    private final String slot;
    private final Path pinFile;
    private final Semaphore turns;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Session session;
    private volatile long tried;
    /** Tokens lock after a few wrong ones. */
    private volatile char[] refusedPin = new char[0];

    /** Logged in. Keys are remembered, because to find one takes several calls to the token. */
    private record Session(Provider provider, KeyStore store, Map<String, Key> keys) {

        Key key(String label) throws GeneralSecurityException {
            Key known = keys.get(label);
            if (known != null) {
                return known;
            }
            Key found = store.getKey(label, null);
            if (found == null) {
                throw new InvalidKeyException("there is no such key");
            }
            keys.put(label, found);
            return found;
        }
    }

    /** What is done with a key in the token, by the provider that can. */
    interface Work<T> {
        T done(Provider provider, Key key) throws GeneralSecurityException;
    }

    /**
     * Opens it and logs in.
     *
     * @param library the module of the token's maker, a shared library
     * @param slot the number of its slot
     * @param pinFile holds the user's PIN, and nothing else
     * @param atOnce how many computations it does at the same time, as it has sessions
     * @throws IllegalStateException if it cannot be used, in words for whoever starts the gateway
     */
    public Token(Path library, long slot, Path pinFile, int atOnce) {
        this.library = library;
        this.slot = "slot=" + slot;
        this.pinFile = pinFile;
        this.turns = new Semaphore(atOnce, true);
        this.tried = System.nanoTime() - BETWEEN_OPENINGS_NANOS;
        try {
            this.session = login();
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw new IllegalStateException(why(e), e);
        }
    }

    /**
     * A private key that stays in the token.
     *
     * @throws IllegalStateException if there is none of this label with a certificate
     */
    public PrivateKey privateKey(String label) {
        if (!(known(label) instanceof PrivateKey key)) {
            throw new IllegalStateException(missing(label, "a private key with a certificate of the same CKA_ID"));
        }
        return new TokenKey(this, label, key.getAlgorithm());
    }

    /** @throws IllegalStateException if there is no AES key of this label */
    void requireSecretKey(String label) {
        if (!(known(label) instanceof SecretKey)) {
            throw new IllegalStateException(missing(label, "an AES key"));
        }
    }

    private Key known(String label) {
        try {
            return session.key(label);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IllegalStateException(missing(label, "a key (" + innermost(e) + ")"), e);
        }
    }

    private String missing(String label, String what) {
        return "the token behind chapar.token.library has not " + what + " labelled " + label
                + ": correct the label or chapar.token.slot, or put the key there; see docs/keys.md";
    }

    /**
     * Does it, if need be after the token was opened again.
     *
     * @throws KeyUnavailable when the token cannot do it now
     */
    <T> T with(String label, Work<T> work) {
        if (!turn()) {
            throw new KeyUnavailable(label, new ProviderException("it is busy"));
        }
        try {
            Session now = session;
            try {
                return work.done(now.provider(), now.key(label));
            } catch (GeneralSecurityException | ProviderException lost) {
                return again(label, work, now, lost);
            }
        } finally {
            turns.release();
        }
    }

    private <T> T again(String label, Work<T> work, Session lost, Exception why) {
        try {
            Session fresh = reopened(lost, why);
            return work.done(fresh.provider(), fresh.key(label));
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailable(label, e);
        }
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(LONGEST_TURN_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One opens it; the others of the same second are told what they have seen. */
    private Session reopened(Session lost, Exception why) throws IOException, GeneralSecurityException {
        opening.lock();
        try {
            if (session != lost) {
                return session;
            }
            if (System.nanoTime() - tried < BETWEEN_OPENINGS_NANOS) {
                throw new GeneralSecurityException(why);
            }
            tried = System.nanoTime();
            session = login();
            LOG.warn("the token was lost ({}), and is open again", innermost(why));
            return session;
        } finally {
            opening.unlock();
        }
    }

    private Session login() throws IOException, GeneralSecurityException {
        char[] pin = SecretFile.read(pinFile);
        if (refusedPin.length > 0 && Arrays.equals(refusedPin, pin)) {
            throw new FailedLoginException("the PIN was wrong before");
        }
        Provider platform = Security.getProvider("SunPKCS11");
        if (platform == null) {
            throw new ProviderException("this Java has no provider SunPKCS11 (module jdk.crypto.cryptoki)");
        }
        Provider provider = configured(platform);
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        try {
            store.load(null, pin);
        } catch (IOException e) {
            if (isWrongPin(e)) {
                refusedPin = pin;
            }
            throw e;
        }
        return new Session(provider, store, new ConcurrentHashMap<>());
    }

    private Provider configured(Provider platform) {
        try {
            return platform.configure(String.join(
                    "\n", "--name=chapar", "library=\"" + library + "\"", "showInfo=false", slot, AGREED_COMES_OUT));
        } catch (InvalidParameterException e) {
            throw new ProviderException("the path of the module cannot be told to Java", e);
        }
    }

    private String why(Exception e) {
        if (isWrongPin(e)) {
            return "the PIN in chapar.token.pin-file (" + pinFile + ") is not the token's: correct it before the token"
                    + " locks itself";
        }
        if (!Files.isReadable(pinFile)) {
            return "the file " + pinFile
                    + " of chapar.token.pin-file cannot be read: put the token's PIN there, readable"
                    + " by the user that runs the gateway";
        }
        if (!Files.isReadable(library)) {
            return "the module " + library + " of chapar.token.library is missing: install what came with the token, or"
                    + " correct the setting";
        }
        return "the token behind chapar.token.library (" + library + ", " + slot + ") cannot be opened: " + innermost(e)
                + "; look whether it is there with pkcs11-tool --module " + library + " --list-slots";
    }

    private static boolean isWrongPin(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedLoginException) {
                return true;
            }
        }
        return false;
    }

    /** What the module said, such as CKR_TOKEN_NOT_PRESENT. */
    static String innermost(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }
}
