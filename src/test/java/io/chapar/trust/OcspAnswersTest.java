package io.chapar.trust;

import io.chapar.trust.OddAuthority.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.chapar.trust.OddAuthority.authority;
import static io.chapar.trust.OddAuthority.extension;
import static io.chapar.trust.OddAuthority.request;
import static io.chapar.trust.OddAuthority.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcspAnswersTest {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Instant NOW = TestPki.NOW;
    private static final Extension SIGNER = usage(KeyUsage.digitalSignature);
    private static final Extension SPEAKS = purposes(KeyPurposeId.id_kp_OCSPSigning);
    private static final Extension UNCHECKED = unchecked();
    private static final OddAuthority ISSUER = OddAuthority.root("Root");
    private static final OddAuthority SAME_NAME = OddAuthority.root("Root");
    private static final OddAuthority OTHER = OddAuthority.root("Other");
    private static final KeyPair KEYS = TestPki.ec("secp256r1");
    private static final X509Certificate CERTIFICATE = ISSUER.leaf("CN=MH", SIGNER);
    private static final X509Certificate ANOTHER = ISSUER.leaf("CN=MJ", SIGNER);
    private static final OddAuthority DELEGATE = delegate(ISSUER, SIGNER, SPEAKS, UNCHECKED);
    private static final OddAuthority CHECKED = delegate(ISSUER, SIGNER, SPEAKS);

    private static OddAuthority delegate(OddAuthority issuer, Extension... extensions) {
        return issuer.below(delegateRequest(extensions));
    }

    private static Request delegateRequest(Extension... extensions) {
        return request("CN=Responder", KEYS, extensions);
    }

    private static Extension purposes(KeyPurposeId purpose) {
        return extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
    }

    private static Extension unchecked() {
        try {
            return new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OcspAnswers answers(CertificateStatus ofDelegate) {
        BiFunction<X509Certificate, X509Certificate, CertificateStatus> lists = (certificate, issuer) -> ofDelegate;
        return new OcspAnswers(new OcspSigners(lists), SKEW, TestPki.CLOCK);
    }

    private static OcspAnswer accepted(CertificateStatus ofDelegate, UnaryOperator<OddAnswer> content)
            throws OcspRefused {
        OcspAnswers answers = answers(ofDelegate);
        OcspAnswers.Question question = answers.question(CERTIFICATE, ISSUER.certificate());
        byte[] answer = content.apply(new OddAnswer(ISSUER, CERTIFICATE)).to(answers.request(question));
        return answers.accept(question, answer);
    }

    private static Arguments of(String situation, UnaryOperator<OddAnswer> content) {
        return Arguments.of(situation, content);
    }

    static Stream<Arguments> right() {
        return Stream.of(
                of("from the issuer", one -> one),
                of("from the issuer, named by its key", one -> one.named(true)),
                of("from a delegate", one -> one.delegatedTo(DELEGATE)),
                of(
                        "from a delegate, named by its key",
                        one -> one.delegatedTo(DELEGATE).named(true)),
                of("with another one's beside it", one -> one.beside(ANOTHER)),
                of("by a clock that is a little late", one -> one.made(NOW.minus(SKEW))),
                of(
                        "by a clock that is a little early",
                        one -> one.made(NOW.plus(SKEW)).from(NOW.plus(SKEW))),
                of("that is just due again", one -> one.until(NOW.minus(SKEW))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("right")
    void believed(String situation, UnaryOperator<OddAnswer> content) throws Exception {
        assertThat(accepted(CertificateStatus.UNDETERMINED, content).status()).isEqualTo(CertificateStatus.VALID);
    }

    @Test
    void what_it_says() throws Exception {
        assertThat(accepted(CertificateStatus.UNDETERMINED, one -> one.saying(OddAnswer.REVOKED))
                        .status())
                .isEqualTo(CertificateStatus.REVOKED);
        assertThat(accepted(CertificateStatus.UNDETERMINED, one -> one.saying(OddAnswer.UNKNOWN))
                        .status())
                .isEqualTo(CertificateStatus.UNTRUSTED);
        assertThat(accepted(CertificateStatus.UNDETERMINED, one -> one).nextUpdate())
                .isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void believed_from_a_delegate_that_a_list_clears() throws Exception {
        assertThat(accepted(CertificateStatus.VALID, one -> one.delegatedTo(CHECKED))
                        .status())
                .isEqualTo(CertificateStatus.VALID);
    }

    static Stream<Arguments> wrong() {
        OddAuthority old =
                ISSUER.below(delegateRequest(SIGNER, SPEAKS, UNCHECKED).until(NOW.minusSeconds(1)));
        OddAuthority weak =
                ISSUER.below(delegateRequest(SIGNER, SPEAKS, UNCHECKED).signedWith("SHA1withECDSA"));
        OddAuthority all = delegate(ISSUER, SIGNER, purposes(KeyPurposeId.anyExtendedKeyUsage), UNCHECKED);
        OddAuthority encrypts = delegate(ISSUER, usage(KeyUsage.keyAgreement), SPEAKS, UNCHECKED);
        OddAuthority below = delegate(ISSUER, usage(KeyUsage.digitalSignature), SPEAKS, UNCHECKED, authority());
        OddAuthority further = delegate(below, SIGNER, SPEAKS, UNCHECKED);
        return Stream.of(
                of("without a nonce", OddAnswer::withoutNonce),
                of("with the nonce of another question", one -> one.nonce(new byte[] {4, 1, 7})),
                of("about another certificate", one -> one.about(ISSUER, ANOTHER)),
                of("about the number of another issuer", one -> one.about(OTHER, CERTIFICATE)),
                of("about an issuer of the same name", one -> one.about(SAME_NAME, CERTIFICATE)),
                of("about nobody", one -> one.times(0)),
                of("about it twice", one -> one.times(2)),
                of("by a stranger in the issuer's name", one -> one.signedBy(KEYS, ISSUER.certificate())),
                of("by an issuer of the same name", one -> one.delegatedTo(SAME_NAME)),
                of("by another issuer", one -> one.delegatedTo(OTHER)),
                of(
                        "by a delegate of another issuer",
                        one -> one.delegatedTo(delegate(OTHER, SIGNER, SPEAKS, UNCHECKED))),
                of(
                        "by a delegate of an issuer of the same name",
                        one -> one.delegatedTo(delegate(SAME_NAME, SIGNER, SPEAKS, UNCHECKED))),
                of("by a delegate's delegate", one -> one.delegatedTo(further)),
                of(
                        "by a delegate that brings no certificate",
                        one -> one.delegatedTo(DELEGATE).withoutCertificate()),
                of("by a party of the issuer", one -> one.delegatedTo(delegate(ISSUER, SIGNER, UNCHECKED))),
                of("by one that may do anything", one -> one.delegatedTo(all)),
                of("by a delegate whose key does not sign", one -> one.delegatedTo(encrypts)),
                of("by a delegate that is an authority", one -> one.delegatedTo(below)),
                of("by a delegate out of time", one -> one.delegatedTo(old)),
                of("by a delegate certified with SHA-1", one -> one.delegatedTo(weak)),
                of("by a delegate of which nobody knows whether it was revoked", one -> one.delegatedTo(CHECKED)),
                of("signed with SHA-1", one -> one.signedWith("SHA1withECDSA")),
                of("that does not say when the next one is due", one -> one.until(null)),
                of("that is overdue", one -> one.until(NOW.minus(SKEW).minusSeconds(1))),
                of("of the future", one -> one.from(NOW.plus(SKEW).plusSeconds(1))),
                of("made in the future", one -> one.made(NOW.plus(SKEW).plusSeconds(1))),
                of("made before the question", one -> one.made(NOW.minus(SKEW).minusSeconds(1))),
                of("with something critical", OddAnswer::withStrangeExtension),
                of("with something critical about it", OddAnswer::withStrangeExtensionOfTheStatus));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void refused(String situation, UnaryOperator<OddAnswer> content) {
        assertThatThrownBy(() -> accepted(CertificateStatus.UNDETERMINED, content))
                .isInstanceOf(OcspRefused.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void refused_also_when_it_says_revoked(String situation, UnaryOperator<OddAnswer> content) {
        assertThatThrownBy(() -> accepted(
                        CertificateStatus.UNDETERMINED,
                        one -> content.apply(one).saying(OddAnswer.REVOKED)))
                .isInstanceOf(OcspRefused.class);
    }

    @Test
    void refused_by_a_delegate_that_a_list_revokes() {
        assertThatThrownBy(() -> accepted(CertificateStatus.REVOKED, one -> one.delegatedTo(DELEGATE)))
                .isInstanceOf(OcspRefused.class);
    }

    static Stream<Arguments> bytes() {
        return Stream.of(
                bytes("altered", OddAnswer::altered),
                bytes("with something behind it", OddAnswer::longer),
                bytes("cut", answer -> Arrays.copyOf(answer, answer.length / 2)),
                bytes("empty", answer -> new byte[0]),
                bytes("that is a page", answer -> "<html>".getBytes(StandardCharsets.US_ASCII)),
                bytes("malformedRequest", answer -> OddAnswer.none(OCSPResp.MALFORMED_REQUEST)),
                bytes("internalError", answer -> OddAnswer.none(OCSPResp.INTERNAL_ERROR)),
                bytes("tryLater", answer -> OddAnswer.none(OCSPResp.TRY_LATER)),
                bytes("sigRequired", answer -> OddAnswer.none(OCSPResp.SIG_REQUIRED)),
                bytes("unauthorized", answer -> OddAnswer.none(OCSPResp.UNAUTHORIZED)));
    }

    private static Arguments bytes(String situation, UnaryOperator<byte[]> content) {
        return Arguments.of(situation, content);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void refused_as_bytes(String situation, UnaryOperator<byte[]> content) {
        OcspAnswers answers = answers(CertificateStatus.UNDETERMINED);
        OcspAnswers.Question question = answers.question(CERTIFICATE, ISSUER.certificate());
        byte[] right = new OddAnswer(ISSUER, CERTIFICATE).to(answers.request(question));

        assertThatThrownBy(() -> answers.accept(question, content.apply(right))).isInstanceOf(OcspRefused.class);
    }

    @Test
    void a_stapled_one_needs_no_nonce_and_may_be_of_an_earlier_time() throws Exception {
        OcspAnswers answers = answers(CertificateStatus.UNDETERMINED);
        byte[] request = answers.request(answers.question(ANOTHER, ISSUER.certificate()));
        byte[] stapled = new OddAnswer(ISSUER, CERTIFICATE)
                .withoutNonce()
                .made(NOW.minus(Duration.ofDays(2)))
                .from(NOW.minus(Duration.ofDays(2)))
                .to(request);

        assertThat(answers.stapled(CERTIFICATE, ISSUER.certificate(), stapled).status())
                .isEqualTo(CertificateStatus.VALID);
    }

    static Stream<Arguments> wronglyStapled() {
        return wrong().filter(one -> !List.of(
                        "without a nonce", "with the nonce of another question", "made before the question")
                .contains(one.get()[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wronglyStapled")
    void refused_when_it_is_stapled(String situation, UnaryOperator<OddAnswer> content) {
        OcspAnswers answers = answers(CertificateStatus.UNDETERMINED);
        byte[] request = answers.request(answers.question(CERTIFICATE, ISSUER.certificate()));
        byte[] stapled = content.apply(new OddAnswer(ISSUER, CERTIFICATE)).to(request);

        assertThatThrownBy(() -> answers.stapled(CERTIFICATE, ISSUER.certificate(), stapled))
                .isInstanceOf(OcspRefused.class);
    }

    @Test
    void no_two_questions_have_one_nonce() {
        OcspAnswers answers = answers(CertificateStatus.UNDETERMINED);
        OcspAnswers.Question one = answers.question(CERTIFICATE, ISSUER.certificate());
        OcspAnswers.Question other = answers.question(CERTIFICATE, ISSUER.certificate());

        assertThat(one.nonce()).hasSize(32).isNotEqualTo(other.nonce());
        assertThatThrownBy(() -> answers.accept(other, new OddAnswer(ISSUER, CERTIFICATE).to(answers.request(one))))
                .isInstanceOf(OcspRefused.class)
                .hasMessageContaining("nonce");
    }
}
