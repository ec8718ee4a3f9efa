package io.chapar.app;

import io.chapar.app.reload.FilesRead;
import io.chapar.trust.PemFiles;
import io.chapar.trust.PrivateKeys;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * The bundle {@code gateway}, with which both ports and AMQP show who they are. Spring Boot's own read a key's bytes, which
 * one in a token has not, and would serve a certificate beside the key of another. What cannot be taken while the gateway
 * runs leaves the old one in force.
 */
final class TlsBundle {

    private static final Logger LOG = LoggerFactory.getLogger(TlsBundle.class);
    private static final String NAME = "gateway";

    private final PrivateKeys keys;
    private final String key;
    private final Path certificate;
    private final Path anchors;
    private final SslOptions options;
    private FilesRead read = new FilesRead();

    TlsBundle(PrivateKeys keys, String key, Path certificate, Path anchors, SslOptions options) {
        this.keys = keys;
        this.key = key;
        this.certificate = certificate;
        this.anchors = anchors;
        this.options = options;
    }

    synchronized void register(SslBundleRegistry bundles) {
        SslBundle first;
        try {
            first = reading();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            bundles.registerBundle(NAME, first);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "spring.ssl.bundle has a bundle " + NAME + ", which the gateway makes of chapar.trust.tls-key and"
                            + " tls-certificate: remove it, or give it another name; ciphers are set by"
                            + " server.ssl.ciphers",
                    e);
        }
    }

    /** Whether what the files say now was taken; if not, a warning says why. Nothing is handed on that cannot serve. */
    synchronized boolean reload(SslBundleRegistry bundles) {
        SslBundle fresh;
        try {
            fresh = reading();
            SSLContext unused = fresh.createSslContext();
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            LOG.warn("the new TLS key, certificate or authorities are not taken, the old ones stay: {}", e.toString());
            return false;
        }
        bundles.updateBundle(NAME, fresh);
        LOG.info("the TLS key, its certificate and the authorities of the ports were read anew");
        return true;
    }

    /** Of the last reading, taken or not. */
    synchronized FilesRead filesRead() {
        return read;
    }

    private SslBundle reading() throws IOException {
        FilesRead fresh = new FilesRead();
        keys.files(key).forEach(fresh::reading);
        fresh.reading(certificate);
        fresh.reading(anchors);
        read = fresh;
        PrivateKey held = keys.at(key, KeyConfiguration.TLS_KEY);
        List<X509Certificate> chain = PemFiles.certificates(certificate);
        PrivateKeys.mustFit(held, chain.get(0), KeyConfiguration.TLS_KEY);
        SslStoreBundle stores = SslStoreBundle.of(
                TlsContexts.serverKeyStore(held, chain), "", TlsContexts.trustStore(PemFiles.certificates(anchors)));
        return SslBundle.of(stores, SslBundleKey.NONE, options);
    }
}
