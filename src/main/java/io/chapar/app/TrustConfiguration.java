package io.chapar.app;

import io.chapar.app.reload.AuthorityFile;
import io.chapar.authenticate.Authenticate;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Signer;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.KeySigner;
import io.chapar.trust.PemFiles;
import io.chapar.trust.PrivateKeys;
import io.chapar.trust.Revocation;
import io.chapar.trust.TlsContexts;
import io.chapar.trust.XmlSignatures;
import io.chapar.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Anchors, revocation, the gateway's own key, and the stages {@code authenticate} and {@code verify}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OcspSettings.class)
public class TrustConfiguration {

    private static final String SIGNING_KEY = "chapar.trust.signing-key";

    /** Read once at the start, for all who ask, so that a change after that is one. */
    @Bean
    AuthorityFile authorityFile(
            @Value("${chapar.trust.authorities:${chapar.certificates:certs-dev}/ca.cert.pem}") Path authorities)
            throws IOException {
        return new AuthorityFile(authorities);
    }

    /** By lists, responders, or both. */
    @Bean(initMethod = "start")
    Revocation revocation(
            AuthorityFile authorities,
            @Value("${chapar.trust.revocation-lists:${chapar.certificates:certs-dev}/ca.crl.pem}")
                    String revocationLists,
            @Value("${chapar.trust.revocation-grace:24h}") Duration grace,
            @Value("${chapar.trust.clock-skew:5m}") Duration skew,
            OcspSettings ocsp,
            Clock clock)
            throws IOException {
        List<X509Certificate> known = authorities.atStart();
        if (revocationLists.isBlank() && ocsp.responders().isEmpty()) {
            throw new IllegalStateException("chapar.trust.revocation-lists is empty, and chapar.ocsp.responders names"
                    + " nobody: nothing would say which certificates are revoked; set one of them");
        }
        return Revocation.of(
                revocationLists.isBlank() ? Optional.empty() : Optional.of(Path.of(revocationLists)),
                ocsp.byIssuer(known, TlsContexts.anonymousClient(known)),
                ocsp.times(grace),
                skew,
                clock);
    }

    @Bean
    CertificatePaths certificatePaths(AuthorityFile authorities, Revocation revocation, Clock clock) {
        return new CertificatePaths(authorities.atStart(), revocation, clock);
    }

    @Bean
    Signer gatewaySigner(
            PrivateKeys keys,
            @Value("${chapar.trust.signing-key:${chapar.certificates:certs-dev}/CHAPAR/sign.key.pem}") String key,
            @Value("${chapar.trust.signing-certificate:${chapar.certificates:certs-dev}/CHAPAR/sign.cert.pem}")
                    Path certificate,
            Clock clock)
            throws IOException {
        PrivateKey own = keys.at(key, SIGNING_KEY);
        X509Certificate shown = PemFiles.certificate(certificate);
        PrivateKeys.mustFit(own, shown, SIGNING_KEY);
        return new KeySigner(own, shown, clock);
    }

    @Bean
    XmlSignatures xmlSignatures() {
        return new XmlSignatures();
    }

    @Bean
    EnvelopeSignatures envelopeSignatures(@Value("${chapar.trust.clock-skew:5m}") Duration skew, Clock clock) {
        return new EnvelopeSignatures(clock, skew);
    }

    @Bean
    JsonSignatures jsonSignatures(PartyDirectory directory) {
        return new JsonSignatures(new CertificatesByThumbprint(directory));
    }

    @Bean
    BatchSignatures batchSignatures(JsonSignatures json) {
        return new BatchSignatures(json);
    }

    @Bean
    Authenticate authenticate(PartyDirectory directory, CertificatePaths paths) {
        return new Authenticate(directory, paths);
    }

    @Bean
    Verify verify(
            PartyDirectory directory,
            CertificatePaths paths,
            XmlSignatures xml,
            EnvelopeSignatures envelopes,
            JsonSignatures json,
            BatchSignatures batches) {
        return new Verify(directory, paths, xml, envelopes, json, batches);
    }
}
