package io.chapar.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A server's certificate that the platform trusts, by the authorities that count now, must, moreover, not be revoked: by
 * lists, responders, and the OCSP answer that the server staples (RFC 6066, section 8), if it does.
 */
final class ServerPathTrust extends X509ExtendedTrustManager {

    private final CertificatePaths paths;
    private volatile Trusted trusted;

    private record Trusted(Authorities authorities, X509ExtendedTrustManager platform) {
        static Trusted of(Authorities authorities) {
            return new Trusted(authorities, TlsContexts.platform(authorities.all()));
        }
    }

    ServerPathTrust(CertificatePaths paths) {
        this.paths = paths;
        this.trusted = Trusted.of(paths.authorities());
    }

    private X509ExtendedTrustManager platform() {
        Trusted now = trusted;
        Authorities authorities = paths.authorities();
        if (now.authorities() != authorities) {
            now = Trusted.of(authorities);
            trusted = now;
        }
        return now.platform();
    }

    private void check(X509Certificate certificate, List<byte[]> stapled) throws CertificateException {
        // a certificate without an answer has an empty one; the server's own comes first
        boolean none = stapled.isEmpty() || stapled.get(0).length == 0;
        CertificateStatus status = none
                ? paths.check(certificate, Purpose.TLS_SERVER)
                : paths.check(certificate, Purpose.TLS_SERVER, stapled.get(0));
        if (status != CertificateStatus.VALID) {
            throw new CertificateException("the server's certificate is " + status);
        }
    }

    private static List<byte[]> stapled(SSLSession handshake) {
        return handshake instanceof ExtendedSSLSession extended ? extended.getStatusResponses() : List.of();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        platform().checkServerTrusted(chain, authType, socket);
        check(chain[0], socket instanceof SSLSocket tls ? stapled(tls.getHandshakeSession()) : List.of());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        platform().checkServerTrusted(chain, authType, engine);
        check(chain[0], stapled(engine.getHandshakeSession()));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        platform().checkServerTrusted(chain, authType);
        check(chain[0], List.of());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        platform().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        platform().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        platform().checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform().getAcceptedIssuers();
    }
}
