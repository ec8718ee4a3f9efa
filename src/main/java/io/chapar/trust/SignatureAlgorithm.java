package io.chapar.trust;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The algorithms that may sign, in JSON and in XML, and nothing weaker. Each goes with one kind of key only, so that no
 * key is ever used in a way that it was not made for. Elliptic-curve signatures are the two numbers side by side (RFC
 * 7518, section 3.4; XML Signature 1.1, section 6.4.3).
 */
enum SignatureAlgorithm {
    ES256("ES256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "SHA256withPLAIN-ECDSA", "EC", 256),
    ES384("ES384", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "SHA384withPLAIN-ECDSA", "EC", 384),
    RS256("RS256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "SHA256withRSA", "RSA", 2048),
    PS256("PS256", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "RSASSA-PSS", "RSA", 2048),
    ED25519("EdDSA", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "Ed25519", "Ed25519", 255);

    /** Used as an object; of all that it can, the platform is given {@link CurveSignatures} only. */
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Bouncy Castle is the faster on curves, the platform on RSA. */
    private static final Provider PLATFORM_RSA = Security.getProvider("SunRsaSign");

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private static final int LARGEST_RSA = 8192;

    private final String jwsName;
    private final String xmlName;
    private final String javaName;
    private final String keyKind;
    private final int strength;

    SignatureAlgorithm(String jwsName, String xmlName, String javaName, String keyKind, int strength) {
        this.jwsName = jwsName;
        this.xmlName = xmlName;
        this.javaName = javaName;
        this.keyKind = keyKind;
        this.strength = strength;
    }

    String jwsName() {
        return jwsName;
    }

    String xmlName() {
        return xmlName;
    }

    static Optional<SignatureAlgorithm> ofJwsName(String name) {
        return Arrays.stream(values()).filter(one -> one.jwsName.equals(name)).findFirst();
    }

    static Optional<SignatureAlgorithm> ofXmlName(String name) {
        return Arrays.stream(values()).filter(one -> one.xmlName.equals(name)).findFirst();
    }

    /** What we sign with, given our key. RSA signs with PKCS#1 v1.5, which every partner's library knows. */
    static SignatureAlgorithm usualFor(PublicKey key) {
        return Arrays.stream(values())
                .filter(one -> one.fits(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a signing key is P-256, P-384, Ed25519 or RSA of at least 2048 bits"));
    }

    boolean fits(PublicKey key) {
        return switch (keyKind) {
            case "EC" ->
                key instanceof ECKey curve
                        && curve.getParams().getOrder().bitLength() == strength
                        && KeyObjects.isNistCurve(key, strength);
            case "RSA" ->
                key instanceof RSAKey rsa
                        && rsa.getModulus().bitLength() >= strength
                        && rsa.getModulus().bitLength() <= LARGEST_RSA;
            default ->
                key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA") && is25519(key);
        };
    }

    private static boolean is25519(Key key) {
        // SubjectPublicKeyInfo of 1.3.101.112 is always 12 bytes before the 32 of the key (RFC 8410)
        byte[] encoded = key.getEncoded();
        return encoded != null && encoded.length == 44 && encoded[8] == 0x70;
    }

    /**
     * The one place that decides who computes: for a key in a token, the token. Any other must be one of
     * {@link KeyObjects}: Bouncy Castle remembers on it what it has computed.
     *
     * @throws KeyUnavailable when the key's token cannot sign now
     */
    byte[] sign(PrivateKey key, byte[] input) {
        if (key instanceof TokenKey held) {
            // The same two numbers side by side, by the platform's name.
            return held.sign(javaName.replace("PLAIN-ECDSA", "ECDSAinP1363Format"), this == PS256 ? PSS : null, input);
        }
        try {
            Signature signature = engine();
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key does not sign", e);
        }
    }

    /** Whether the signature is one of this input by the owner of this certificate. */
    boolean verifies(KeyObjects.Known signer, byte[] input, byte[] signatureBytes) {
        if (!signer.algorithms().contains(this)) {
            return false;
        }
        try {
            Signature signature = engine();
            signature.initVerify(signer.key());
            signature.update(input);
            return signature.verify(signatureBytes);
        } catch (GeneralSecurityException e) {
            // a signature value that is not even one of this algorithm
            return false;
        }
    }

    /**
     * Something to feed the input to, piece by piece. Ed25519 hashes its input together with the signature, which its
     * engine learns last: it would hold all of the input in memory, so it is not offered here.
     */
    Optional<Signature> verifier(KeyObjects.Known signer) {
        if (this == ED25519 || !signer.algorithms().contains(this)) {
            return Optional.empty();
        }
        try {
            Signature signature = engine();
            signature.initVerify(signer.key());
            return Optional.of(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that fits its algorithm does not verify with it", e);
        }
    }

    private Signature engine() throws GeneralSecurityException {
        if (!keyKind.equals("RSA")) {
            return Signature.getInstance(javaName, BOUNCY_CASTLE);
        }
        Signature signature = Signature.getInstance(javaName, PLATFORM_RSA);
        if (this == PS256) {
            signature.setParameter(PSS);
        }
        return signature;
    }
}
