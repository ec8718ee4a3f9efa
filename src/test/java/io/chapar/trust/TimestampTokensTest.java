package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A token is believed only when everything about it is right. */
class TimestampTokensTest {

    private static final byte[] NOTE = "chapar.local/ledger\n7\nAAAA\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final TestPki pki = new TestPki("timestamps");
    private final Identity authority = pki.timestamping("TSA");

    @TempDir
    Path folder;

    private TimestampTokens tokens;
    private byte[] request;

    @BeforeEach
    void an_authority_that_is_trusted() {
        tokens = tokens(Optional.empty(), TestPki.CLOCK);
        request = tokens.request(NOTE);
    }

    private TimestampTokens tokens(Optional<String> policy, Clock clock) {
        return new TimestampTokens(pki.paths(folder), policy, SKEW, clock);
    }

    private byte[] answer() throws Malformed {
        return TestPki.timestamps(authority, TestPki.CLOCK).answer(request);
    }

    private ForgedTimestamps signedBy(Identity signer) throws Exception {
        return new ForgedTimestamps(answer(), signer);
    }

    private void refused(byte[] answer, String why) {
        assertThatThrownBy(() -> tokens.accept(request, answer))
                .isInstanceOf(TimestampRefused.class)
                .hasMessageContaining(why);
    }

    @Test
    void accepted_when_all_is_right_and_verifies_ever_after() throws Exception {
        TimestampTokens.Token token = tokens.accept(request, answer());

        assertThat(token.at()).isEqualTo(TestPki.NOW);
        Clock later = Clock.fixed(TestPki.NOW.plus(Duration.ofDays(20_000)), ZoneOffset.UTC);
        assertThat(tokens(Optional.empty(), later).verify(token.bytes(), NOTE)).isEqualTo(TestPki.NOW);
    }

    @Test
    void every_request_has_a_nonce_of_its_own_and_wants_the_certificate() throws Exception {
        TimeStampRequest first = new TimeStampRequest(request);
        TimeStampRequest second = new TimeStampRequest(tokens.request(NOTE));

        assertThat(first.getNonce()).isNotNull().isNotEqualTo(second.getNonce());
        assertThat(first.getCertReq()).isTrue();
    }

    @Test
    void accepted_under_the_policy_that_is_wanted() throws Exception {
        tokens = tokens(Optional.of("2.999.3161"), TestPki.CLOCK);
        request = tokens.request(NOTE);

        assertThat(tokens.accept(request, answer()).at()).isEqualTo(TestPki.NOW);
    }

    @Test
    void refused_under_another_policy() throws Exception {
        tokens = tokens(Optional.of("2.999.1"), TestPki.CLOCK);
        request = tokens.request(NOTE);

        refused(answer(), "status 2");
        refused(TestPki.timestamps(authority, TestPki.CLOCK).answer(withNonceOf(request)), "policy");
    }

    @Test
    void refused_when_it_answers_another_request() throws Exception {
        byte[] other = TestPki.timestamps(authority, TestPki.CLOCK).answer(tokens.request(NOTE));

        refused(other, "nonce");
    }

    @Test
    void refused_when_it_is_over_something_else() throws Exception {
        byte[] over = new ForgedTimestamps(
                        TestPki.timestamps(authority, TestPki.CLOCK).answer(withNonceOf(tokens.request(new byte[3]))),
                        authority)
                .answer();

        refused(over, "imprint");
    }

    /** The request as if it had the nonce of ours, and no policy. */
    private byte[] withNonceOf(byte[] other) throws Exception {
        TimeStampRequest ours = new TimeStampRequest(request);
        TimeStampRequest theirs = new TimeStampRequest(other);
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return generator
                .generate(theirs.getMessageImprintAlgOID(), theirs.getMessageImprintDigest(), ours.getNonce())
                .getEncoded();
    }

    @Test
    void refused_when_the_authority_rejects() throws Exception {
        // The development authority takes SHA-256 only.
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        byte[] weak = generator.generate(TSPAlgorithms.SHA1, new byte[20]).getEncoded();

        refused(TestPki.timestamps(authority, TestPki.CLOCK).answer(weak), "status 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "<html>", "0\u0003\u0002\u0001\u0000", "0\u0080"})
    void refused_when_it_is_no_answer(String garbage) {
        refused(garbage.getBytes(StandardCharsets.ISO_8859_1), "");
    }

    @Test
    void refused_wherever_it_is_cut() throws Exception {
        byte[] whole = answer();

        for (int length = 0; length < whole.length; length += 37) {
            refused(Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void refused_when_one_bit_of_the_signature_is_another() throws Exception {
        byte[] bent = answer();
        bent[bent.length - 1] ^= 1;

        refused(bent, "");
    }

    @Test
    void refused_from_a_signer_that_is_no_timestamping_authority() throws Exception {
        refused(signedBy(pki.signing("MH")).answer(), "ExtendedKeyUsage");
    }

    @Test
    void refused_from_a_signer_that_may_do_other_things() throws Exception {
        refused(signedBy(pki.tls("MH")).answer(), "ExtendedKeyUsage");
    }

    @Test
    void refused_from_an_authority_below_another_anchor() throws Exception {
        refused(signedBy(new TestPki("timestamps").timestamping("TSA")).answer(), "UNTRUSTED");
    }

    @Test
    void refused_when_the_certificate_has_ended() throws Exception {
        refused(signedBy(pki.expiredTimestamping("TSA")).answer(), "valid");
    }

    @Test
    void refused_when_the_certificate_was_taken_back() throws Exception {
        pki.revoke(authority);
        tokens = tokens(Optional.empty(), TestPki.CLOCK);

        refused(answer(), "REVOKED");
    }

    @Test
    void refused_when_it_names_another_certificate() throws Exception {
        refused(
                signedBy(authority)
                        .naming(pki.timestamping("TSA").certificate())
                        .answer(),
                "certificate");
    }

    @Test
    void refused_when_it_names_its_certificate_by_sha_1() throws Exception {
        refused(signedBy(authority).namedBySha1().answer(), "SHA-2");
    }

    @Test
    void refused_when_it_is_signed_over_sha_1() throws Exception {
        refused(signedBy(authority).with("SHA1withECDSA").answer(), "digest");
    }

    @Test
    void refused_when_what_it_brings_along_is_no_certificate() throws Exception {
        byte[] answer = answer();
        String hex = HexFormat.of().formatHex(answer);
        String algorithm = "300a06082a8648ce3d040302";
        int ofTheCertificate = hex.indexOf(algorithm, hex.indexOf(algorithm) + 1);
        // a set where every certificate has a sequence
        answer[ofTheCertificate / 2] = 0x31;

        refused(answer, "certificates cannot be read");
    }

    @Test
    void refused_when_it_does_not_bring_its_certificate_along() throws Exception {
        refused(signedBy(authority).bringing(pki.authority()).answer(), "bring");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M1S", "-PT5M1S"})
    void refused_when_its_clock_is_wrong(Duration off) throws Exception {
        byte[] answer =
                TestPki.timestamps(authority, Clock.offset(TestPki.CLOCK, off)).answer(request);

        refused(answer, "clock");
    }

    @Test
    void a_kept_token_does_not_verify_over_another_note() throws Exception {
        TimestampTokens.Token token = tokens.accept(request, answer());

        assertThatThrownBy(() -> tokens.verify(token.bytes(), new byte[3]))
                .isInstanceOf(TimestampRefused.class)
                .hasMessageContaining("something else");
    }

    @Test
    void a_kept_token_does_not_verify_under_other_anchors() throws Exception {
        TimestampTokens.Token token = tokens.accept(request, answer());
        CertificatePaths others = new TestPki("timestamps").paths(folder);

        assertThatThrownBy(() ->
                        new TimestampTokens(others, Optional.empty(), SKEW, TestPki.CLOCK).verify(token.bytes(), NOTE))
                .isInstanceOf(TimestampRefused.class)
                .hasMessageContaining("no path");
    }

    @Test
    void what_is_no_token_does_not_verify() {
        assertThatThrownBy(() -> tokens.verify(new byte[] {48, 0}, NOTE)).isInstanceOf(TimestampRefused.class);
    }
}
