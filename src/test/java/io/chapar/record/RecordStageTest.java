package io.chapar.record;

import io.chapar.app.door.TestSigner;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.Receipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The receipt is signed in the form that is wanted, and in the other one when that is wanted later. */
class RecordStageTest {

    private static Passage.Authorised wanting(Format form, UUID messageId) {
        return Messages.authorised(messageId, "{}", Optional.empty(), Agreement.OnPark.WAIT, form);
    }

    private static MessageRecord record(Database database, Path folder) throws IOException {
        return new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.systemUTC());
    }

    private static RecordStage stage(MessageRecord record) {
        return new RecordStage(
                record,
                new Receipts(new TestSigner()),
                (message, at) -> Optional.empty(),
                message -> ClockEffects.NONE,
                Clock.systemUTC(),
                Duration.ofSeconds(2));
    }

    @Test
    void a_repeat_that_wants_the_other_form_gets_the_same_receipt_in_it(@TempDir Path folder) throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = record(database, folder)) {
            RecordStage stage = stage(record);
            UUID id = UUID.randomUUID();

            Passage.Recorded first = stage.apply(wanting(Format.JSON, id));
            Passage.Recorded inXml = stage.apply(wanting(Format.XML, id));
            Passage.Recorded inXmlAgain = stage.apply(wanting(Format.XML, id));
            Passage.Recorded inJsonAgain = stage.apply(wanting(Format.JSON, id));

            assertThat(first.repeat()).isFalse();
            assertThat(first.xml()).isEmpty();
            assertThat(inXml.repeat()).isTrue();
            String document = new String(inXml.xml().orElseThrow(), StandardCharsets.UTF_8);
            assertThat(document)
                    .contains(first.receipt().receiptId().toString())
                    .contains(first.receipt().acceptedAt().toString());
            assertThat(inXmlAgain.xml()).hasValue(inXml.xml().orElseThrow());
            assertThat(inJsonAgain.xml()).isEmpty();
            assertThat(inJsonAgain.jws()).isEqualTo(first.jws());
        }
    }

    @Test
    void who_wants_xml_at_once_gets_it_with_the_acceptance(@TempDir Path folder) throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = record(database, folder)) {
            RecordStage stage = stage(record);
            Passage.Authorised message = wanting(Format.XML, UUID.randomUUID());

            Passage.Recorded first = stage.apply(message);
            Passage.Recorded again = stage.apply(message);

            assertThat(first.repeat()).isFalse();
            assertThat(again.repeat()).isTrue();
            assertThat(again.xml()).hasValue(first.xml().orElseThrow());
        }
    }
}
