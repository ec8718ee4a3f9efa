package io.chapar.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import io.chapar.trust.SignatureRefused.Fault;
import io.chapar.trust.TestPki.Identity;
import java.net.URI;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against Nimbus JOSE, which no part of the gateway uses; what is refused is in {@code io.chapar.attacks}, too. */
class JsonSignaturesTest {

    private static final TestPki PKI = new TestPki("JSON");
    private static final Identity MH = PKI.signing("MH");
    private static final Identity RSA = PKI.signing("MLSPP", TestPki.rsa(2048));
    private static final byte[] PAYLOAD = "{\"header\":{\"sender\":\"MH\"},\"ad\":\"Əliyev\"}".getBytes(UTF_8);
    private static final String MH_THUMBPRINT = CertificatesByThumbprint.thumbprint(MH.certificate());

    private final JsonSignatures signatures = new JsonSignatures(
            thumbprint -> thumbprint.equals(MH_THUMBPRINT) ? Optional.of(MH.certificate()) : Optional.empty());

    static Stream<Identity> everyKindOfKey() {
        return Stream.of(
                MH, RSA, PKI.signing("P-384", TestPki.ec("secp384r1")), PKI.signing("Ed25519", TestPki.ed25519()));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfKey")
    void verified_with_every_kind_of_key(Identity identity) throws Exception {
        SignedPayload signed = signatures.verify(PAYLOAD, identity.signer().detachedJws(PAYLOAD));

        assertThat(signed.payload()).isEqualTo(PAYLOAD);
        assertThat(signed.signer()).isEqualTo(identity.certificate());
    }

    @Test
    void compact_carries_its_payload_and_type() throws Exception {
        SignedPayload signed = signatures.verifyCompact(MH.signer().compactJws("chapar-receipt+jwt", PAYLOAD));

        assertThat(signed.payload()).isEqualTo(PAYLOAD);
        assertThat(signed.type()).isEqualTo("chapar-receipt+jwt");
    }

    @Test
    void nimbus_verifies_what_we_sign() throws Exception {
        JWSObject object = JWSObject.parse(MH.signer().detachedJws(PAYLOAD), new Payload(PAYLOAD));

        assertThat(object.verify(
                        new ECDSAVerifier((ECPublicKey) MH.certificate().getPublicKey())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256"})
    void verified_when_nimbus_signs_with_rsa(String algorithm) throws Exception {
        String jws =
                sign(header(algorithm, RSA).build(), new RSASSASigner(RSA.keys().getPrivate()));

        assertThat(signatures.verify(PAYLOAD, jws).signer()).isEqualTo(RSA.certificate());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verified_when_nimbus_signs_with_the_payload_encoded_or_not(boolean encoded) throws Exception {
        JWSHeader.Builder header = header("ES256", MH);
        if (!encoded) {
            header.base64URLEncodePayload(false).criticalParams(Set.of("b64"));
        }

        assertThat(signatures.verify(PAYLOAD, sign(header.build(), ecSigner())).signer())
                .isEqualTo(MH.certificate());
    }

    @Test
    void verified_when_the_certificate_is_named_by_its_thumbprint() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .x509CertSHA256Thumbprint(new Base64URL(MH_THUMBPRINT))
                .build();

        assertThat(signatures.verify(PAYLOAD, sign(header, ecSigner())).signer())
                .isEqualTo(MH.certificate());
    }

    @Test
    void verified_though_jku_and_x5u_are_there_because_nobody_looks() throws Exception {
        JWSHeader header = header("ES256", MH)
                .jwkURL(URI.create("http://example.org/keys"))
                .x509CertURL(URI.create("http://example.org/certificate"))
                .build();

        assertThat(signatures.verify(PAYLOAD, sign(header, ecSigner())).signer())
                .isEqualTo(MH.certificate());
    }

    @Test
    void refused_when_one_byte_differs() {
        String jws = MH.signer().detachedJws(PAYLOAD);
        byte[] other = PAYLOAD.clone();
        other[3] ^= 1;

        assertThatThrownBy(() -> signatures.verify(other, jws)).isInstanceOf(SignatureRefused.class);
    }

    @Test
    void refused_when_the_certificate_is_another_than_the_keys() throws Exception {
        assertRefused(sign(header("ES256", PKI.signing("MJ")).build(), ecSigner()));
    }

    @Test
    void missing_when_the_header_is_empty() {
        assertThatThrownBy(() -> signatures.verify(PAYLOAD, " "))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.MISSING));
    }

    private void assertRefused(String jws) {
        assertThatThrownBy(() -> signatures.verify(PAYLOAD, jws))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    private static JWSHeader.Builder header(String algorithm, Identity identity) {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .x509CertChain(List.of(Base64.encode(encoded(identity))));
    }

    private static String sign(JWSHeader header, JWSSigner signer) throws JOSEException {
        JWSObject object = new JWSObject(header, new Payload(PAYLOAD));
        object.sign(signer);
        return object.serialize(true);
    }

    private static JWSSigner ecSigner() throws JOSEException {
        return new ECDSASigner((ECPrivateKey) MH.keys().getPrivate());
    }

    private static byte[] encoded(Identity identity) {
        try {
            return identity.certificate().getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
