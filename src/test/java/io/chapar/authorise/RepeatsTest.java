package io.chapar.authorise;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.TestSigner;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AcceptedBefore;
import io.chapar.record.AttachmentStore;
import io.chapar.record.ClockEffects;
import io.chapar.record.Database;
import io.chapar.record.MessageRecord;
import io.chapar.record.RecordStage;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.Receipts;
import io.chapar.validate.Validate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What comes again when its agreement is not in force any more, as authorising and the record have it together. */
class RepeatsTest {

    private static final String BIRTH = "birth-notification";
    private static final String ID = "5d0d1c6e-3f0b-4b53-9b0e-0a7f6f1f2a02";
    private static final Validate VALIDATE = new Validate(RealFiles.SCHEMAS);

    @TempDir
    Path folder;

    private Database database;
    private MessageRecord record;
    private Passage.Recorded first;

    @BeforeEach
    void a_birth_is_accepted_while_the_agreement_is_in_force() throws Exception {
        database = Database.open("", folder);
        record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC()),
                Clock.systemUTC());
        first = on(begin().plusDays(1), message(BIRTH, Passages.sample(BIRTH, "full.json")));
    }

    @AfterEach
    void close() {
        record.close();
        database.close();
    }

    @Test
    void a_repeat_gets_its_receipt_when_the_agreement_is_not_in_force() throws Exception {
        Passage.Recorded again = on(begin().minusDays(1), message(BIRTH, Passages.sample(BIRTH, "full.json")));

        assertThat(again.repeat()).isTrue();
        assertThat(again.jws()).isEqualTo(first.jws());
    }

    @Test
    void not_agreed_when_what_corrects_nothing_comes_under_a_used_id_and_the_agreement_is_not_in_force()
            throws Exception {
        String correction = Passages.sample(BIRTH, "full.json")
                .replace(
                        "\"action\": \"new\"",
                        "\"action\": \"correct\", \"corrects\": \"00000000-0000-4000-8000-000000000000\"");

        notAgreed(begin().minusDays(1), message(BIRTH, correction));
    }

    @Test
    void not_agreed_when_another_content_comes_under_a_used_id_and_the_agreement_is_not_in_force() throws Exception {
        notAgreed(begin().minusDays(1), message(BIRTH, Passages.sample(BIRTH, "full.json") + " "));
    }

    @Test
    void not_agreed_when_the_id_was_used_in_another_exchange_than_the_one_that_is_disabled() throws Exception {
        String disabled = "health-card-registration";
        String card = Passages.sample(disabled, "full.json")
                .replaceAll("\"messageId\": *\"[^\"]*\"", "\"messageId\": \"" + ID + "\"");

        notAgreed(begin().plusDays(1), message(disabled, card));
    }

    private void notAgreed(LocalDate day, Passage.Validated message) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> on(day, message))
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_AGREED));
    }

    private Passage.Recorded on(LocalDate day, Passage.Validated message) throws Refusal {
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        Authorise authorise = new Authorise(
                RealFiles.CATALOGUE,
                RealFiles.PARTIES,
                record::corrected,
                new AcceptedBefore(database),
                Clock.fixed(noon, ZoneOffset.UTC));
        RecordStage stage = new RecordStage(
                record,
                new Receipts(new TestSigner()),
                (authorised, at) -> Optional.empty(),
                authorised -> ClockEffects.NONE,
                Clock.systemUTC(),
                Duration.ofSeconds(2));
        return stage.apply(authorise.apply(message));
    }

    private static LocalDate begin() {
        return RealFiles.CATALOGUE
                .agreement(new ExchangeVersion(BIRTH, "1.0"))
                .orElseThrow()
                .validFrom();
    }

    private static Passage.Validated message(String exchange, String json) throws Exception {
        Passage.Verified verified = Passages.json("MH", exchange, json);
        Mockito.when(verified.signer().getEncoded()).thenReturn(new byte[] {1});
        return VALIDATE.apply(verified);
    }
}
