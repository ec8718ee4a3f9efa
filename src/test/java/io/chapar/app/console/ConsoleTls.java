package io.chapar.app.console;

import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;

/** The gateway's bundle, of a key in a PEM file. Not found by a whole gateway in the same process, which has its own. */
class ConsoleTls {

    @Bean
    SslBundleRegistrar tls(
            @Value("${chapar.certificates}") Path certificates,
            @Value("${server.ssl.enabled-protocols}") Set<String> protocols) {
        Path own = certificates.resolve("CHAPAR");
        PemSslStoreDetails shown = PemSslStoreDetails.forCertificate("file:" + own.resolve("tls.cert.pem"))
                .withPrivateKey("file:" + own.resolve("tls.key.pem"));
        return bundles -> bundles.registerBundle(
                "gateway",
                SslBundle.of(new PemSslStoreBundle(shown, null), SslBundleKey.NONE, SslOptions.of(null, protocols)));
    }
}
