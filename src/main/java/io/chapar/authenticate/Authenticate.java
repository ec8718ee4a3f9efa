package io.chapar.authenticate;

import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.Purpose;
import java.security.cert.X509Certificate;

/**
 * Decides which party is at the other end of the connection: the one that the directory holds this very client
 * certificate for, if the certificate is trusted now.
 */
public final class Authenticate implements Stage<Passage.Accepted, Passage.Authenticated> {

    private final PartyDirectory directory;
    private final CertificatePaths paths;

    public Authenticate(PartyDirectory directory, CertificatePaths paths) {
        this.directory = directory;
        this.paths = paths;
    }

    @Override
    public Passage.Authenticated apply(Passage.Accepted accepted) throws Refusal {
        if (accepted.arrived().clientCertificates().isEmpty()) {
            throw new Refusal(ProblemCode.NO_CERTIFICATE, "the connection has no client certificate");
        }
        X509Certificate certificate = accepted.arrived().clientCertificates().get(0);
        switch (paths.check(certificate, Purpose.TLS_CLIENT)) {
            case VALID -> {}
            case REVOKED ->
                throw new Refusal(ProblemCode.CERTIFICATE_REVOKED, "the client certificate was revoked by its issuer");
            case EXPIRED ->
                throw new Refusal(
                        ProblemCode.CERTIFICATE_EXPIRED, "the client certificate " + paths.outOfTime(certificate));
            case UNTRUSTED ->
                throw new Refusal(
                        ProblemCode.UNKNOWN_CERTIFICATE,
                        "the client certificate " + paths.distrust(certificate, Purpose.TLS_CLIENT));
            case UNDETERMINED ->
                throw new Refusal(
                        ProblemCode.NOT_DURABLE,
                        "no current revocation list or OCSP answer can be had, so the certificate is not relied on");
        }
        Party party = directory
                .byTlsCertificate(certificate)
                .orElseThrow(() -> new Refusal(
                        ProblemCode.UNKNOWN_CERTIFICATE, "the party directory does not hold the client certificate"));
        return new Passage.Authenticated(accepted, party);
    }
}
