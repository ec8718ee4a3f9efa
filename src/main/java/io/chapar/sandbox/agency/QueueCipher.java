package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.JsonEncryption;
import io.chapar.trust.Malformed;
import io.chapar.trust.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/** What an agency needs at encrypted queues: its own key to read what is there, the gateway's certificate to write. */
public final class QueueCipher {

    private final DecryptionKey own;
    private final X509Certificate gateway;

    public QueueCipher(Path certificates, PartyCode party) {
        Path folder = certificates.resolve(party.value());
        try {
            this.own = new DecryptionKey(
                    PemFiles.privateKey(folder.resolve("encrypt.key.pem")),
                    PemFiles.certificate(folder.resolve("encrypt.cert.pem")));
            this.gateway = PemFiles.certificate(certificates.resolve(PartyCode.CHAPAR.value() + "/encrypt.cert.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox has no keys to encrypt with for " + party, e);
        }
    }

    /** @throws Malformed if it is not encrypted to this agency */
    public byte[] open(byte[] jwe) throws Malformed {
        return own.open(jwe).content();
    }

    byte[] seal(byte[] content) {
        return seal(content, "application/json");
    }

    /** @param contentType of the content */
    public byte[] seal(byte[] content, String contentType) {
        return JsonEncryption.encrypt(content, contentType, gateway);
    }
}
