package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.play.Books;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two messages to two receivers each, in three books that agree; and each way in which one of them may not. */
class VerdictTest {

    private static final PartyCode SENDER = new PartyCode("MH");
    private static final PartyCode SPR = new PartyCode("SPR");
    private static final PartyCode MJ = new PartyCode("MJ");
    private static final Inspection.Entries WHOLE = new Inspection.Entries(40, 0, "");
    private static final Inspection.Page TRUE = page(2, 4, true);

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();
    private final Sightings sightings = new Sightings(10);
    private final Journey first = new Journey(UUID.randomUUID(), Optional.of("key"), Set.of(SPR, MJ));
    private final Journey second = new Journey(UUID.randomUUID(), Optional.of("key"), Set.of(SPR, MJ));
    private Verdict verdict;

    @BeforeEach
    void two_are_sent() throws IOException, InterruptedException {
        verdict = new Verdict(new Report(folder, new PrintWriter(said)));
        sightings.expect(first);
        sightings.expect(second);
    }

    private void seen(Journey journey, PartyCode... receivers) {
        for (PartyCode receiver : receivers) {
            sightings.received(receiver, SENDER, journey.messageId(), "birth-notification", true);
        }
    }

    private void allSeen() {
        seen(first, SPR, MJ);
        seen(second, SPR, MJ);
    }

    private static Inspection.Page page(long messages, long delivered, boolean holds, String... misfits) {
        return new Inspection.Page(
                messages, new Books.Balance(4, delivered, 4 - delivered, 0, 0, 0, holds, false, List.of(misfits)));
    }

    /** What is told to be wrong, held against what is returned. */
    private List<String> wrong(Inspection.Page page, Inspection.Entries ledger) throws IOException {
        verdict.judge(
                List.of(first, second),
                sightings,
                new Tally(new Troubles((fault, party) -> OptionalLong.empty())),
                new Inspection() {
                    @Override
                    public Page page() {
                        return page;
                    }

                    @Override
                    public Entries ledger() {
                        return ledger;
                    }

                    @Override
                    public int sendParkedAgain() {
                        throw new IllegalStateException("a verdict changes nothing");
                    }
                });
        boolean kept = verdict.tell(7);
        List<String> wrong = said.toString()
                .lines()
                .filter(line -> line.startsWith("WRONG: "))
                .map(line -> line.substring("WRONG: ".length()))
                .toList();
        assertThat(kept).isEqualTo(wrong.isEmpty());
        assertThat(said.toString()).contains(kept ? "All of it arrived" : "Promises were broken. Again with --seed 7");
        return wrong;
    }

    @Test
    void kept_when_all_books_agree() throws IOException {
        allSeen();

        assertThat(wrong(TRUE, WHOLE)).isEmpty();
    }

    @Test
    void broken_when_a_receiver_did_not_see_what_the_record_calls_delivered() throws IOException {
        seen(first, SPR, MJ);
        seen(second, SPR);

        assertThat(wrong(TRUE, WHOLE))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one)
                                .startsWith("missing or astray: " + second.messageId() + " did not go where"),
                        one -> assertThat(one).isEqualTo("what is delivered is not what receivers have seen"));
    }

    @Test
    void broken_when_one_still_waits_at_the_end() throws IOException {
        seen(first, SPR, MJ);
        seen(second, SPR);

        assertThat(wrong(page(2, 3, true), WHOLE))
                .anyMatch(one -> one.startsWith("missing or astray: " + second.messageId()));
    }

    @Test
    void broken_when_the_record_does_not_call_delivered_what_receivers_saw() throws IOException {
        allSeen();

        assertThat(wrong(page(2, 3, true), WHOLE)).containsExactly("what is delivered is not what receivers have seen");
    }

    @Test
    void broken_when_there_is_one_receipt_more_than_messages_in_the_record() throws IOException {
        allSeen();

        assertThat(wrong(page(1, 4, true), WHOLE)).containsExactly("the record holds 1 messages");
    }

    @Test
    void broken_when_an_event_is_in_no_ledger() throws IOException {
        allSeen();

        assertThat(wrong(TRUE, new Inspection.Entries(39, 1, ""))).containsExactly("1 events are in no ledger");
    }

    @Test
    void broken_when_the_ledger_does_not_verify() throws IOException {
        allSeen();

        assertThat(wrong(TRUE, new Inspection.Entries(17, 0, "entry 17 is not its event's")))
                .containsExactly("the ledger does not verify: entry 17 is not its event's");
    }

    @Test
    void broken_when_the_equation_does_not_hold() throws IOException {
        allSeen();

        assertThat(wrong(page(2, 4, false), WHOLE)).containsExactly("accepted does not equal what became of it");
    }

    @Test
    void broken_when_an_id_does_not_fit() throws IOException {
        allSeen();

        assertThat(wrong(page(2, 4, true, "a delivery without a message"), WHOLE))
                .containsExactly("does not fit: a delivery without a message");
    }

    @Test
    void broken_when_one_had_two_effects() throws IOException {
        allSeen();
        seen(first, SPR);

        assertThat(wrong(TRUE, WHOLE))
                .singleElement()
                .asString()
                .startsWith("effects: " + first.messageId() + " had not exactly one effect");
    }

    @Test
    void broken_when_the_later_of_one_key_came_first() throws IOException {
        seen(second, SPR, MJ);
        seen(first, SPR, MJ);

        assertThat(wrong(TRUE, WHOLE)).hasSize(2).allMatch(one -> one.startsWith("order: "));
    }

    @Test
    void broken_when_something_happened_that_must_not() throws IOException {
        allSeen();
        sightings.turnedAway(SPR, "signature-invalid");

        assertThat(wrong(TRUE, WHOLE))
                .containsExactly("must not happen: SPR turned a delivery away: signature-invalid");
    }

    @Test
    void a_run_that_broke_off_is_not_asked_for_its_end_but_for_whatever_must_always_hold() throws IOException {
        seen(first, SPR);
        verdict.broken("the gateway did not come back");

        assertThat(wrong(page(1, 3, false), new Inspection.Entries(39, 1, "")))
                .containsExactly("the gateway did not come back", "accepted does not equal what became of it");
    }
}
