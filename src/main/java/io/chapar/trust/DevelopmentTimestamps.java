package io.chapar.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** The timestamping authority of the development PKI (RFC 3161). Its word is worth as much as its key: nothing. */
public final class DevelopmentTimestamps {

    /** Below the arc for examples: nobody's policy. */
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("2.999.3161");

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;

    DevelopmentTimestamps(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = KeyObjects.key(key);
        this.certificate = certificate;
        this.clock = clock;
    }

    /** Empty where the folder holds no key for it. */
    public static Optional<DevelopmentTimestamps> open(Path folder, Clock clock) throws IOException {
        Path key = folder.resolve("tsa.key.pem");
        return Files.exists(key)
                ? Optional.of(new DevelopmentTimestamps(
                        PemFiles.privateKey(key), PemFiles.certificate(folder.resolve("tsa.cert.pem")), clock))
                : Optional.empty();
    }

    /**
     * A token, or a rejection of what is asked.
     *
     * @throws Malformed when it is no request
     */
    public byte[] answer(byte[] request) throws Malformed {
        TimeStampRequest asked;
        try {
            asked = new TimeStampRequest(request);
        } catch (IOException | RuntimeException e) {
            throw new Malformed("no request for a timestamp");
        }
        try {
            return new TimeStampResponseGenerator(tokens(), Set.of(TSPAlgorithms.SHA256), Set.of(POLICY.getId()))
                    .generate(asked, new BigInteger(SERIAL_BITS, RANDOM), Date.from(clock.instant()))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
            throw new IllegalStateException("the development authority cannot make a timestamp", e);
        }
    }

    private TimeStampTokenGenerator tokens() throws GeneralSecurityException, OperatorCreationException, TSPException {
        SignerInfoGenerator signer = new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                .build("SHA256withECDSA", key, certificate);
        DigestCalculator sha256 = new JcaDigestCalculatorProviderBuilder()
                .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                .build()
                .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(signer, sha256, POLICY);
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        return tokens;
    }
}
