package io.chapar.sandbox.post;

import io.chapar.message.Digest;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the agencies write fits the schemas, in both forms: else the morning would be a morning of refusals. */
class ScribeTest {

    private static final int EACH = 40;

    private final Schemas schemas = Schemas.load(Path.of("schemas"));
    private final Scribe scribe = new Scribe(new Random(2018), Clock.systemUTC());

    @Test
    void crossings_stays_births_registrations_and_questions_fit_their_schemas() throws Malformed {
        for (int i = 0; i < EACH; i++) {
            fits(scribe.crossing());
            fits(scribe.stay());
            fits(scribe.birth());
            fits(scribe.registration(1000));
            fits(scribe.lookup());
        }
    }

    @Test
    void a_registration_for_work_names_the_file_that_it_brings_and_no_other_brings_one() {
        List<Draft> drafts = IntStream.range(0, EACH)
                .mapToObj(i -> scribe.registration(2000))
                .toList();

        assertThat(drafts)
                .anyMatch(draft -> draft.content().containsKey("work"))
                .anyMatch(draft -> draft.content().containsKey("purpose"))
                .allSatisfy(draft -> assertThat(draft.attachments())
                        .hasSize(draft.content().containsKey("work") ? 1 : 0)
                        .allSatisfy(file -> assertThat(
                                        String.valueOf(draft.content().get("attachment")))
                                .contains(Digest.of(file.bytes()).value())));
    }

    private void fits(Draft draft) throws Malformed {
        DocumentSchema schema = schemas.of(draft.exchange()).message();
        assertThat(schema.validateXml(HardenedXml.parse(Documents.xml(draft.exchange(), draft.content()))))
                .as("%s as XML", draft.exchange())
                .isEmpty();
        assertThat(schema.validateJson(HardenedJson.parse(HardenedJson.write(draft.content()))))
                .as("%s as JSON", draft.exchange())
                .isEmpty();
    }
}
