package io.chapar.sandbox.post;

import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.trust.KeySigner;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The keys of one agency, out of its folder of development certificates. */
public record PartyKeys(
        PartyCode party,
        X509Certificate tlsCertificate,
        PrivateKey tlsKey,
        X509Certificate signingCertificate,
        PrivateKey signingKey,
        List<X509Certificate> authorities) {

    public PartyKeys {
        authorities = List.copyOf(authorities);
    }

    public static PartyKeys load(Path certificates, PartyCode party) {
        Path folder = certificates.resolve(party.value());
        try {
            return new PartyKeys(
                    party,
                    PemFiles.certificate(folder.resolve("tls.cert.pem")),
                    PemFiles.privateKey(folder.resolve("tls.key.pem")),
                    PemFiles.certificate(folder.resolve("sign.cert.pem")),
                    PemFiles.privateKey(folder.resolve("sign.key.pem")),
                    PemFiles.certificates(certificates.resolve("ca.cert.pem")));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox has no keys for " + party + " in " + folder, e);
        }
    }

    public Signer signer() {
        return new KeySigner(signingKey, signingCertificate);
    }

    public SSLContext client() {
        return TlsContexts.client(tlsKey, tlsCertificate, authorities);
    }

    public SSLContext server() {
        return TlsContexts.server(tlsKey, tlsCertificate, authorities);
    }
}
