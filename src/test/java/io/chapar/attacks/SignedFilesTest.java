package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.TestCertificates;
import io.chapar.deliver.Sign;
import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.sandbox.sample.Sample;
import io.chapar.sandbox.sample.Written;
import io.chapar.transform.Transform;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.TestPki;
import io.chapar.trust.XmlSignatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What agencies and the gateway sign, and our own verifying takes, and of each a copy that was altered and that it does not
 * take. They are laid into a folder for a verifier that cannot be asked in this process: src/test/dss.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedFilesTest {

    private final XmlSignatures xml = new XmlSignatures();
    private final JsonSignatures json = new JsonSignatures(thumbprint -> Optional.empty());
    private final EnvelopeSignatures envelopes = new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5));
    private Stages stages;
    private TestPki.Identity gateway;

    @BeforeAll
    void what_a_verifier_has_to_know(@TempDir Path folder) throws Exception {
        FileSystemUtils.deleteRecursively(SignedFiles.FOLDER);
        Files.createDirectories(SignedFiles.FOLDER);
        stages = new Stages(folder);
        gateway = stages.pki().signing("CHAPAR");
        TestCertificates.write(
                SignedFiles.FOLDER.resolve("authority.pem"),
                "CERTIFICATE",
                stages.pki().authority().getEncoded());
        stages.pki().writeList(SignedFiles.FOLDER);
        Files.writeString(SignedFiles.FOLDER.resolve("time"), TestPki.NOW.toString());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_message_as_its_sender_signs_it_is_taken_and_with_another_id_refused(Form form) throws Exception {
        for (SignedSample message : SignedSample.all(stages, form)) {
            SignedSample altered = message.altered();
            assertThatThrownBy(() -> altered.verified(stages)).isInstanceOf(Refusal.class);
            Sample sample = message.sample();
            SignedFiles laid = new SignedFiles("message-" + form, name(sample));
            laid.documents(message.body(), altered.body(), message.jws());
            if (form == Form.SOAP) {
                laid.signer(stages.signer(sample.sender()).certificate());
            }
        }
    }

    @Test
    void a_delivery_as_the_gateway_signs_it_is_taken_and_with_another_id_refused() throws Exception {
        Transform transform =
                new Transform(RealFiles.CATALOGUE, RealFiles.SCHEMAS, RealFiles.MAPPINGS, RealFiles.PARTIES);
        Sign sign = new Sign(gateway.signer(), RealFiles.PARTIES);
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            for (Sample sample : Sample.of(agreement, Path.of("schemas"))) {
                for (Agreement.Receiver receiver : agreement.receivers()) {
                    Dispatch.Signed signed = sign.apply(transform.apply(due(sample, receiver)));
                    Form form = signed.signature().isPresent()
                            ? Form.JSON
                            : signed.contentType().equals(Format.XML.mediaType()) ? Form.XADES : Form.SOAP;
                    byte[] altered = SignedSample.otherId(signed.payload());
                    verify(form, signed.payload(), signed.signature());
                    assertThatThrownBy(() -> verify(form, altered, signed.signature()))
                            .isInstanceOf(SignatureRefused.class);
                    SignedFiles laid = new SignedFiles(
                            "delivery-" + form,
                            name(sample) + "-" + receiver.party().value());
                    laid.documents(signed.payload(), altered, signed.signature());
                    if (form == Form.SOAP) {
                        laid.signer(gateway.certificate());
                    }
                }
            }
        }
    }

    @Test
    void a_receipt_as_the_gateway_signs_it_is_taken_and_with_another_id_refused() throws Exception {
        Receipts receipts = new Receipts(gateway.signer());
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            for (Sample sample : Sample.of(agreement, Path.of("schemas"))) {
                Receipt receipt = receipt(sample);
                byte[] document = receipts.xml(receipt);
                byte[] otherDocument = SignedSample.otherId(document);
                verify(Form.XADES, document, Optional.empty());
                assertThatThrownBy(() -> verify(Form.XADES, otherDocument, Optional.empty()))
                        .isInstanceOf(SignatureRefused.class);
                new SignedFiles("receipt-" + Form.XADES, name(sample))
                        .documents(document, otherDocument, Optional.empty());

                String compact = new String(receipts.jws(receipt), US_ASCII);
                String other = otherId(compact);
                assertThatCode(() -> json.verifyCompact(compact)).doesNotThrowAnyException();
                assertThatThrownBy(() -> json.verifyCompact(other)).isInstanceOf(SignatureRefused.class);
                SignedFiles laid = new SignedFiles("receipt-COMPACT", name(sample));
                Files.writeString(laid.accepted(".jws"), compact);
                Files.writeString(laid.altered(".jws"), other);
            }
        }
    }

    private void verify(Form form, byte[] body, Optional<String> jws) throws Exception {
        switch (form) {
            case JSON -> json.verify(body, jws.orElseThrow());
            case SOAP -> envelopes.verify(body);
            case XML, XADES -> xml.verify(HardenedXml.parse(body));
        }
    }

    private static String name(Sample sample) {
        return sample.agreement().exchange().exchange() + "-"
                + sample.agreement().exchange().version() + "-" + sample.name();
    }

    private static String otherId(String compact) {
        String[] parts = compact.split("\\.", -1);
        byte[] payload = SignedSample.otherId(Base64.getUrlDecoder().decode(parts[1]));
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload) + "." + parts[2];
    }

    private static Dispatch.Due due(Sample sample, Agreement.Receiver receiver) throws Exception {
        Written written = sample.fresh(Format.XML, TestPki.NOW);
        return new Dispatch.Due(
                UUID.randomUUID(),
                1,
                receiver.party(),
                written.draft().messageId(),
                sample.sender(),
                sample.agreement().exchange(),
                Optional.empty(),
                Passage.Door.REST,
                Format.XML,
                written.document(),
                Digest.of(written.document()),
                List.of(),
                TestPki.NOW,
                0);
    }

    private static Receipt receipt(Sample sample) {
        return new Receipt(
                UUID.randomUUID(),
                UUID.randomUUID(),
                sample.agreement().exchange(),
                sample.sender(),
                Digest.of(sample.xml()),
                Digest.of(sample.json()),
                TestPki.NOW,
                Optional.of(new Receipt.Deadline(TestPki.NOW.plus(Duration.ofDays(30)), true)),
                Duration.ofSeconds(2));
    }
}
