package io.chapar.app.soap;

import io.chapar.app.door.ProblemDocument;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvelopeFormTest {

    /** A client may take a fault of its own for the last word, and never send the message again. */
    @ParameterizedTest
    @CsvSource({
        "QUOTA, SOAP_11, soap:Server, 500",
        "QUOTA, SOAP_12, soap:Receiver, 500",
        "NOT_DURABLE, SOAP_11, soap:Server, 500",
        "NOT_DURABLE, SOAP_12, soap:Receiver, 500",
        "SIGNATURE_INVALID, SOAP_11, soap:Client, 500",
        "SIGNATURE_INVALID, SOAP_12, soap:Sender, 400",
        "SCHEMA, SOAP_12, soap:Sender, 400"
    })
    void blames_the_sender_only_for_what_must_be_changed(
            ProblemCode code, EnvelopeForm form, String blamed, int status) {
        assertThat(form.fault(new ProblemDocument(Problem.of(code, "as told"), Optional.empty(), "trace")))
                .contains(">" + blamed + "<");
        assertThat(form.faultStatus(code)).isEqualTo(status);
    }
}
