package io.chapar.app.catalogue;

import io.chapar.authorise.Authorise;
import io.chapar.message.Catalogue;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.validate.Validate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Which types of files may be sent is changed in the agreement, and nowhere else. */
class AgreedTypesTest {

    private static final byte[] PICTURE = HexFormat.of().parseHex("89504e470d0a1a0a0000000d");

    @ParameterizedTest
    @CsvSource({
        "asylum-referral, SBS, application, application/pdf",
        "consular-registration, MFA-ISTANBUL, certificate-of-employment, application/pdf"
    })
    void a_picture_is_refused_until_the_agreement_names_its_type(
            String exchange, String sender, String contentId, String agreed, @TempDir Path routes) throws Exception {
        Passage.Attachment picture = new Passage.Attachment(contentId, "image/png", PICTURE);
        String document = Passages.sample(exchange, "full.json")
                .replace(agreed, "image/png")
                .replaceAll("sha-256:[0-9a-f]{64}", picture.content().digest().value())
                .replaceAll("\"size\": *[0-9]+", "\"size\": " + PICTURE.length);
        Passage.Validated valid =
                new Validate(RealFiles.SCHEMAS).apply(Passages.json(sender, exchange, document, picture));

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> authorise(RealFiles.CATALOGUE).apply(valid));
        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(refusal.problem().violations())
                .extracting(violation -> violation.rule())
                .containsExactly("must be of a media type that the agreement has");

        Catalogue more = RealFiles.changed(
                routes,
                exchange + "/agreement.yaml",
                text -> text.replace("[" + agreed + "]", "[" + agreed + ", image/png]"));
        assertThat(authorise(more).apply(valid).receivers()).isNotEmpty();
    }

    private static Authorise authorise(Catalogue catalogue) {
        return new Authorise(
                catalogue,
                RealFiles.PARTIES,
                header -> Optional.empty(),
                header -> false,
                Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC));
    }
}
