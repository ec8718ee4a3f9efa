package io.chapar.verify;

import io.chapar.authenticate.Authenticate;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.TestPki;
import io.chapar.trust.TestPki.Identity;
import io.chapar.trust.XmlSignatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.chapar.message.ProblemCode.CERTIFICATE_EXPIRED;
import static io.chapar.message.ProblemCode.CERTIFICATE_REVOKED;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNER_MISMATCH;
import static io.chapar.message.ProblemCode.UNKNOWN_CERTIFICATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Every kind of certificate that is not to be believed, at the connection and under a message: whoever has it is told
 * which kind it is.
 */
class DoubtfulCertificateTest {

    private static final byte[] MESSAGE = "{\"header\":{}}".getBytes(UTF_8);
    private static final TestPki PKI = new TestPki("Authority");
    private static final TestPki SAME_NAME = new TestPki("Authority");
    private static final TestPki STRANGE = new TestPki("Strange authority");

    private static final Identity TLS = PKI.tls("MH");
    private static final Identity SIGN = PKI.signing("MH");
    private static final Identity ENCRYPTION = PKI.encryption("MH");
    private static final Identity OLD_TLS = PKI.expiredTls("MH");
    private static final Identity OLD_SIGN = PKI.expired("MH");
    private static final Identity EARLY_TLS = PKI.notYetValidTls("MH");
    private static final Identity EARLY_SIGN = PKI.notYetValid("MH");
    private static final Identity LOST_TLS = PKI.tls("MH");
    private static final Identity LOST_SIGN = PKI.signing("MH");
    private static final Identity OTHER_TLS = PKI.tls("MJ");
    private static final Identity OTHER_SIGN = PKI.signing("MJ");

    private static final FewParties DIRECTORY = new FewParties(List.of(
            VerifyTest.party(
                    "MH", List.of(TLS, OLD_TLS, EARLY_TLS, LOST_TLS), List.of(SIGN, OLD_SIGN, EARLY_SIGN, LOST_SIGN)),
            VerifyTest.party("MJ", List.of(OTHER_TLS), List.of(OTHER_SIGN))));

    @TempDir
    static Path folder;

    private static Authenticate authenticate;
    private static Verify verify;

    /** One kind, at one place; without the times that the words give. */
    private record Kind(String name, Identity tls, Identity signer, ProblemCode code, String words) {

        static Kind connected(String name, Identity tls, ProblemCode code, String words) {
            return new Kind(name, tls, SIGN, code, words);
        }

        static Kind signed(String name, Identity signer, ProblemCode code, String words) {
            return new Kind(name, TLS, signer, code, words);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void stages() {
        PKI.revoke(LOST_TLS);
        PKI.revoke(LOST_SIGN);
        CertificatePaths paths = PKI.paths(folder);
        JsonSignatures json = new JsonSignatures(new CertificatesByThumbprint(DIRECTORY));
        authenticate = new Authenticate(DIRECTORY, paths);
        verify = new Verify(
                DIRECTORY,
                paths,
                new XmlSignatures(),
                new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5)),
                json,
                new BatchSignatures(json));
    }

    static Stream<Kind> connections() {
        String it = "the client certificate ";
        return Stream.of(
                Kind.connected("expired", OLD_TLS, CERTIFICATE_EXPIRED, it + "has expired: it is valid"),
                Kind.connected("not yet valid", EARLY_TLS, CERTIFICATE_EXPIRED, it + "is not valid yet: it is valid"),
                Kind.connected("revoked", LOST_TLS, CERTIFICATE_REVOKED, it + "was revoked by its issuer"),
                Kind.connected(
                        "for something else", ENCRYPTION, UNKNOWN_CERTIFICATE, it + "was not issued for this use"),
                // who shows another's certificate, and has its key, is that other, and signs for itself
                Kind.connected(
                        "another party's",
                        OTHER_TLS,
                        SIGNER_MISMATCH,
                        "the signing certificate belongs to another party than the connection's"),
                Kind.connected(
                        "self-made",
                        TestPki.selfMade("MH"),
                        UNKNOWN_CERTIFICATE,
                        it + "is self-made: no authority issued it"),
                Kind.connected(
                        "of another authority, which has the same name",
                        SAME_NAME.tls("MH"),
                        UNKNOWN_CERTIFICATE,
                        it + "names a known authority, which did not issue it or does not vouch for it"),
                Kind.connected(
                        "of another authority, for the same name",
                        STRANGE.tls("MH"),
                        UNKNOWN_CERTIFICATE,
                        it + "was issued by no authority that is known here"),
                Kind.connected(
                        "of the authority, and not entered",
                        PKI.tls("MH"),
                        UNKNOWN_CERTIFICATE,
                        "the party directory does not hold the client certificate"));
    }

    static Stream<Kind> signers() {
        String it = "the signing certificate ";
        return Stream.of(
                Kind.signed("expired", OLD_SIGN, CERTIFICATE_EXPIRED, it + "has expired: it is valid"),
                Kind.signed("not yet valid", EARLY_SIGN, CERTIFICATE_EXPIRED, it + "is not valid yet: it is valid"),
                Kind.signed("revoked", LOST_SIGN, CERTIFICATE_REVOKED, it + "was revoked by its issuer"),
                Kind.signed("for something else", TLS, SIGNATURE_INVALID, it + "was not issued for this use"),
                Kind.signed(
                        "another party's",
                        OTHER_SIGN,
                        SIGNER_MISMATCH,
                        it + "belongs to another party than the connection's"),
                Kind.signed(
                        "self-made",
                        TestPki.selfMade("MH"),
                        SIGNATURE_INVALID,
                        it + "is self-made: no authority issued it"),
                Kind.signed(
                        "of another authority, which has the same name",
                        SAME_NAME.signing("MH"),
                        SIGNATURE_INVALID,
                        it + "names a known authority, which did not issue it or does not vouch for it"),
                Kind.signed(
                        "of another authority, for the same name",
                        STRANGE.signing("MH"),
                        SIGNATURE_INVALID,
                        it + "was issued by no authority that is known here"),
                Kind.signed(
                        "of the authority, and not entered",
                        PKI.signing("MH"),
                        SIGNATURE_INVALID,
                        "the party directory does not hold the signing certificate"));
    }

    @ParameterizedTest
    @MethodSource({"connections", "signers"})
    void refused_by_its_code_and_in_words_of_its_own(Kind kind) {
        Problem problem = refused(kind);

        assertThat(problem.code()).isEqualTo(kind.code());
        assertThat(problem.detail().split(" from 2026-")[0]).isEqualTo(kind.words());
    }

    /** By code and words together, also for who does not look at the times in them. */
    @Test
    void no_two_kinds_are_refused_alike() {
        for (List<Kind> kinds : List.of(connections().toList(), signers().toList())) {
            assertThat(kinds.stream().map(DoubtfulCertificateTest::refused))
                    .extracting(
                            problem -> problem.code() + " " + problem.detail().replaceAll("\\S*[0-9]\\S*", ""))
                    .doesNotHaveDuplicates()
                    .hasSize(9);
        }
    }

    /** Otherwise every refusal above could have any other reason. */
    @Test
    void accepted_with_certificates_that_are_to_be_believed() throws Exception {
        assertThat(pass(TLS, SIGN).signer()).isEqualTo(SIGN.certificate());
    }

    private static Problem refused(Kind kind) {
        return catchThrowableOfType(Refusal.class, () -> pass(kind.tls(), kind.signer()))
                .problem();
    }

    private static Passage.Verified pass(Identity tls, Identity signer) throws Refusal {
        Optional<String> jws = Optional.of(signer.signer().detachedJws(MESSAGE));
        Passage.Arrived arrived = new Passage.Arrived(
                Passage.Door.REST,
                "a",
                Format.JSON.mediaType(),
                MESSAGE,
                jws,
                List.of(tls.certificate()),
                Format.JSON,
                false,
                TestPki.NOW,
                "trace");
        return verify.apply(authenticate.apply(new Passage.Accepted(arrived, Format.JSON, MESSAGE, jws, List.of())));
    }
}
