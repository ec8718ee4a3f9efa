package io.chapar.authorise;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Digest;
import io.chapar.message.FileContent;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
import io.chapar.validate.Validate;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The agreement says of which types attachments are, and how large all together, whatever a schema allows. */
class AgreedAttachmentsTest {

    private static final String EXCHANGE = "consular-registration";
    private static final String SENDER = "MFA-ISTANBUL";
    private static final String PDF = "application/pdf";

    /** As {@code routes/consular-registration/agreement.yaml} has it. */
    private static final long MOST = 52_428_800;

    private static final Authorise AUTHORISE = new Authorise(
            RealFiles.CATALOGUE,
            RealFiles.PARTIES,
            header -> Optional.empty(),
            header -> false,
            Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC));

    /** Of a size that it only claims. */
    private record Claimed(long size) implements FileContent {
        @Override
        public Digest digest() {
            return Digest.of(new byte[0]);
        }

        @Override
        public byte[] beginning() {
            return new byte[0];
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    private static Passage.Attachment attachment(String mediaType, long size) {
        return new Passage.Attachment("file@example", mediaType, new Claimed(size));
    }

    /** Valid, and then with these files, which no schema has seen. */
    private static Passage.Validated with(Passage.Attachment... files) throws Refusal {
        String document = Passages.sample(EXCHANGE, "minimal.json");
        Passage.Validated valid = new Validate(RealFiles.SCHEMAS).apply(Passages.json(SENDER, EXCHANGE, document));
        return new Passage.Validated(Passages.json(SENDER, EXCHANGE, document, files), valid.header(), valid.fields());
    }

    private static Refusal refusal(Passage.Attachment... files) {
        return catchThrowableOfType(Refusal.class, () -> AUTHORISE.apply(with(files)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "application/zip",
                "application/pdfx",
                "text/pdf",
                "application/*",
                "",
                ";application/pdf"
            })
    void refused_when_the_agreement_does_not_have_the_type(String mediaType) {
        Refusal refusal = refusal(attachment(PDF, 1), attachment(mediaType, 1));

        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(refusal.problem().violations())
                .containsExactly(new Violation("/attachment", "must be of a media type that the agreement has"));
    }

    @ParameterizedTest
    @CsvSource({"52428801, 0", "52428800, 1", "26214401, 26214400"})
    void refused_when_all_together_are_larger_than_the_agreement_has(long one, long other) {
        Refusal refusal = refusal(attachment(PDF, one), attachment(PDF, other));

        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(refusal.problem().violations())
                .containsExactly(
                        new Violation("/attachment", "must be no larger, all together, than the agreement has"));
    }

    @Test
    void as_large_as_agreed_they_are_let_through() throws Exception {
        assertThat(AUTHORISE.apply(with(attachment(PDF, MOST - 1), attachment("Application/PDF; version=1.7", 1))))
                .isNotNull();
    }
}
