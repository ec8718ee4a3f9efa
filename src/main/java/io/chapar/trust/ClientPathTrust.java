package io.chapar.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a TLS handshake with a client succeed whose certificate leads to an anchor but is out of time, so that the stage
 * that authenticates can say so in a problem instead of a broken connection. It makes nobody known: that stage checks the
 * same certificate again, its time included. Certificates of other authorities fail the handshake, and so does everything
 * else that the platform refuses.
 */
public final class ClientPathTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager platform;
    private final Clock clock;

    /** @param platform what decides on everything but time */
    public ClientPathTrust(X509ExtendedTrustManager platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check usual) throws CertificateException {
        Instant now = clock.instant();
        boolean late = chain.length > 0 && now.isAfter(chain[0].getNotAfter().toInstant());
        boolean early = chain.length > 0 && now.isBefore(chain[0].getNotBefore().toInstant());
        if (late || early) {
            atItsTime(chain, late ? chain[0].getNotAfter() : chain[0].getNotBefore());
        } else {
            usual.run();
        }
    }

    /** The path as it was when the certificate was in time. */
    private void atItsTime(X509Certificate[] chain, Date time) throws CertificateException {
        List<X509Certificate> path = Arrays.stream(chain)
                .takeWhile(certificate ->
                        !Arrays.asList(platform.getAcceptedIssuers()).contains(certificate))
                .toList();
        try {
            PKIXParameters parameters = new PKIXParameters(Arrays.stream(platform.getAcceptedIssuers())
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet()));
            parameters.setDate(time);
            // The stage asks whether it was revoked, with the lists that the gateway keeps.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the client certificate leads to no authority that is known here", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> platform.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> platform.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, () -> platform.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        platform.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        platform.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        platform.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
