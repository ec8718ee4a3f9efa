package io.chapar.app;

import io.chapar.trust.HttpAuthority;
import io.chapar.trust.OcspTimes;
import io.chapar.trust.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is asked by OCSP (RFC 6960) whether certificates were revoked, and how.
 *
 * @param longestWait how long a message waits for the first answer about a certificate
 * @param every how often a certificate in use is asked about, if its answer does not lapse before
 * @param timeout until a responder's answer is complete
 * @param responders by names that mean nothing else
 */
@ConfigurationProperties("chapar.ocsp")
public record OcspSettings(
        @DefaultValue("2s") Duration longestWait,
        @DefaultValue("5m") Duration every,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<String, Responder> responders) {

    private static final Duration LEAST_EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /**
     * @param url http or https
     * @param issuers a PEM file: those about whose certificates it is asked; all of {@code chapar.trust.authorities}
     *     without one
     */
    public record Responder(@Nullable URI url, @Nullable Path issuers) {}

    public OcspSettings {
        require(
                !longestWait.isNegative() && longestWait.compareTo(LONGEST_WAIT) <= 0,
                "longest-wait must be from 0s to 10s");
        require(every.compareTo(LEAST_EVERY) >= 0, "every must be at least 1s");
        require(timeout.compareTo(LEAST_EVERY) >= 0, "timeout must be at least 1s");
    }

    OcspTimes times(Duration grace) {
        return new OcspTimes(longestWait, every, grace);
    }

    /**
     * Who is asked about certificates of which issuer.
     *
     * @param authorities those whose certificates count
     * @param tls to responders that are reached over https
     * @throws IllegalArgumentException naming the setting, when two are named for one issuer, or one for nobody who counts
     */
    Map<X509Certificate, HttpAuthority> byIssuer(List<X509Certificate> authorities, SSLContext tls) throws IOException {
        Map<X509Certificate, HttpAuthority> byIssuer = new HashMap<>();
        for (Map.Entry<String, Responder> one : responders.entrySet()) {
            String name = "responders." + one.getKey();
            URI url = one.getValue().url();
            if (url == null || !HttpAuthority.canBeAsked(url)) {
                throw new IllegalArgumentException(
                        "chapar.ocsp." + name + ".url must begin with https:// or http:// and name a host");
            }
            HttpAuthority line = new HttpAuthority(url, HttpAuthority.Asking.ABOUT_CERTIFICATES, tls, timeout);
            Path issuers = one.getValue().issuers();
            for (X509Certificate issuer : issuers == null ? authorities : PemFiles.certificates(issuers)) {
                require(
                        authorities.contains(issuer),
                        name + ".issuers has one that is not in chapar.trust.authorities");
                require(byIssuer.put(issuer, line) == null, name + " is the second one for the same issuer");
            }
        }
        return byIssuer;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("chapar.ocsp." + rule);
        }
    }
}
