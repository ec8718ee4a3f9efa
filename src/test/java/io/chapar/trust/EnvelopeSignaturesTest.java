package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.trust.SignatureRefused.Fault;
import io.chapar.trust.TestPki.Identity;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is accepted, and when; what is refused is in {@code io.chapar.attacks}. */
class EnvelopeSignaturesTest {

    private static final TestPki PKI = new TestPki("SOAP");
    private static final Identity SBS = PKI.signing("SBS");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String CONTENT =
            "<borderCrossing xmlns=\"urn:chapar:border-crossing:1.0\"><header>1</header></borderCrossing>";
    private static final String SIGNED = new String(SBS.signer().envelope(CONTENT.getBytes(UTF_8), false), UTF_8);

    private final EnvelopeSignatures signatures = new EnvelopeSignatures(TestPki.CLOCK, SKEW);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verified_is_the_bodys_child_in_both_versions_of_soap(boolean soap12) throws Exception {
        SignedXml signed = signatures.verify(SBS.signer().envelope(CONTENT.getBytes(UTF_8), soap12));

        assertThat(new String(HardenedXml.serialise(signed.document()), UTF_8)).isEqualTo(CONTENT);
        assertThat(signed.contentDigest()).isEqualTo(Digest.of(CONTENT.getBytes(UTF_8)));
        assertThat(signed.signer()).isEqualTo(SBS.certificate());
    }

    @Test
    void prefix_that_stands_in_text_only_stays_declared() throws Exception {
        String code = "<code xmlns:problem=\"urn:chapar:problem\">problem:schema</code>";

        byte[] envelope = SBS.signer().envelope(code.getBytes(UTF_8), true);

        assertThat(new String(envelope, UTF_8)).contains(code);
        assertThat(signatures.verify(envelope).signer()).isEqualTo(SBS.certificate());
    }

    @Test
    void content_of_a_recorded_envelope_is_the_verified_document() throws Exception {
        assertThat(new String(HardenedXml.serialise(EnvelopeSignatures.content(SIGNED.getBytes(UTF_8))), UTF_8))
                .isEqualTo(CONTENT);
    }

    @Test
    void content_keeps_the_namespaces_that_the_envelope_declares() throws Exception {
        String envelope = "<s:Envelope xmlns:s=\"" + SoapNames.SOAP_11
                + "\" xmlns:c=\"urn:c\" xmlns:d=\"urn:d\"><s:Body>" + "<c:a c:b=\"1\"/></s:Body></s:Envelope>";

        assertThat(new String(HardenedXml.serialise(EnvelopeSignatures.content(envelope.getBytes(UTF_8))), UTF_8))
                .isEqualTo("<c:a xmlns:c=\"urn:c\" c:b=\"1\"></c:a>");
    }

    @ParameterizedTest
    @ValueSource(longs = {-6, 6, 600, -600})
    void refused_when_the_timestamp_is_not_of_now(long minutes) {
        Clock later = Clock.offset(TestPki.CLOCK, Duration.ofMinutes(minutes));

        assertThatThrownBy(() -> new EnvelopeSignatures(later, SKEW).verify(SIGNED.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, 0, 4})
    void verified_when_the_clocks_differ_a_little(long minutes) throws Exception {
        Clock other = Clock.offset(TestPki.CLOCK, Duration.ofMinutes(minutes));

        assertThat(new EnvelopeSignatures(other, SKEW)
                        .verify(SIGNED.getBytes(UTF_8))
                        .signer())
                .isEqualTo(SBS.certificate());
    }
}
