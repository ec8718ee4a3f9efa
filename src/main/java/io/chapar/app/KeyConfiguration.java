package io.chapar.app;

import io.chapar.app.reload.FilesWatch;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.PemFiles;
import io.chapar.trust.PrivateKeys;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where the gateway's private keys are, in files or in a token, and its TLS. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenSettings.class)
class KeyConfiguration {

    static final String TLS_KEY = "chapar.trust.tls-key";

    private static final String TLS_KEY_PLACE =
            "${chapar.trust.tls-key:${chapar.certificates:certs-dev}/CHAPAR/tls.key.pem}";
    private static final String TLS_CERTIFICATE_PLACE =
            "${chapar.trust.tls-certificate:${chapar.certificates:certs-dev}/CHAPAR/tls.cert.pem}";
    private static final String ANCHORS = "${chapar.certificates:certs-dev}/ca.cert.pem";

    /**
     * With this the gateway shows who it is when it calls others.
     *
     * @param toReceivers holds their servers' certificates to the authorities that count now, to lists and responders
     */
    record OwnTls(SSLContext context, SSLContext toReceivers) {}

    /** Of the files in {@code chapar.keys.folder}; when there is none, one lies beside them. */
    record KeyFilePassword(Optional<char[]> value) {}

    @Bean
    KeyFilePassword keyFilePassword(
            PrivateKeys keys,
            @Value("${chapar.keys.password:}") String password,
            @Value("${chapar.keys.sealing-key:}") String sealingKey,
            @Value("${chapar.keys.folder:${chapar.data:data}/keys}") Path folder)
            throws IOException {
        if (sealingKey.isEmpty()) {
            return new KeyFilePassword(password.isEmpty() ? Optional.empty() : Optional.of(password.toCharArray()));
        }
        if (!password.isEmpty()) {
            throw new IllegalStateException("chapar.keys.password and chapar.keys.sealing-key are both set: write the"
                    + " password into a file of the name password in chapar.keys.folder, where the next start seals it,"
                    + " and remove the setting");
        }
        return new KeyFilePassword(Optional.of(keys.unsealed(sealingKey, "chapar.keys.sealing-key", folder)));
    }

    @Bean
    PrivateKeys privateKeys(TokenSettings settings, @Value("${chapar.trust.key-password-file:}") String passwordFile) {
        return new PrivateKeys(
                settings.open(), passwordFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(passwordFile)));
    }

    @Bean
    OwnTls ownTls(
            PrivateKeys keys,
            @Value(TLS_KEY_PLACE) String key,
            @Value(TLS_CERTIFICATE_PLACE) Path certificate,
            @Value(ANCHORS) Path anchors,
            CertificatePaths paths)
            throws IOException {
        PrivateKey own = keys.at(key, TLS_KEY);
        X509Certificate shown = PemFiles.certificate(certificate);
        return new OwnTls(
                TlsContexts.client(own, shown, PemFiles.certificates(anchors)), TlsContexts.client(own, shown, paths));
    }

    @Bean
    TlsBundle tlsBundle(
            PrivateKeys keys,
            @Value(TLS_KEY_PLACE) String key,
            @Value(TLS_CERTIFICATE_PLACE) Path certificate,
            @Value(ANCHORS) Path anchors,
            Environment settings) {
        return new TlsBundle(keys, key, certificate, anchors, options(settings));
    }

    /** As a list or as words with commas between, as everything of Spring Boot's may be written. */
    static SslOptions options(Environment settings) {
        Binder binder = Binder.get(settings);
        Bindable<Set<String>> words = Bindable.setOf(String.class);
        return SslOptions.of(
                binder.bind("server.ssl.ciphers", words).orElse(null),
                binder.bind("server.ssl.enabled-protocols", words).orElse(Set.of("TLSv1.3")));
    }

    @Bean
    SslBundleRegistrar tlsBundleRegistrar(TlsBundle tls) {
        return tls::register;
    }

    @Bean
    FilesWatch tlsWatch(TlsBundle tls, SslBundleRegistry bundles) {
        return new FilesWatch("TLS key or certificate", tls::filesRead, () -> tls.reload(bundles));
    }
}
