package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every attack on every exchange, at the stages that must refuse it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class AttacksTest {

    private static final String SAMPLE = "minimal";

    /** Reading and its limits know no exchange: in each build they are met with one, and with all when that is asked for. */
    private static final Set<String> OF_READING = Set.of(XmlSizes.KIND, JsonDocuments.KIND);

    /** In each build one exchange meets all classes, and each other one a part of them, so that each class meets many. */
    private static final int PARTS = 6;

    private static final boolean ALL = "all".equals(System.getProperty("chapar.test.attacks"));
    private static final PartyCode OTHER = new PartyCode("MJ");
    private static final PartyCode ANOTHER = new PartyCode("SPR");

    private final Tally tally = new Tally();
    private Stages stages;
    private Bait bait;
    private Map<String, Author> weak;

    @BeforeAll
    void parties_with_keys(@TempDir Path folder) throws IOException {
        stages = new Stages(folder);
        bait = Bait.open();
        weak = Cast.weak(stages.pki(), TestPki.CLOCK);
    }

    @AfterAll
    void table() throws IOException {
        bait.close();
        System.out.println(tally.table());
    }

    static Stream<Arguments> messages() {
        return RealFiles.CATALOGUE.all().stream()
                .flatMap(agreement ->
                        Stream.of(Form.values()).map(form -> Arguments.of(agreement.exchange(), form, agreement)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void refused_and_the_valid_one_still_accepted(Object exchange, Form form, Agreement agreement) throws Exception {
        Sample sample = Sample.of(agreement, Path.of("schemas")).stream()
                .filter(each -> each.name().equals(SAMPLE))
                .findFirst()
                .orElseThrow();
        Author party = stages.signer(sample.sender());
        Author other = stages.signer(sample.sender().equals(OTHER) ? ANOTHER : OTHER);
        URI address = bait.address();
        byte[] unsigned = sample.fresh(form.isXml() ? Format.XML : Format.JSON, TestPki.NOW)
                .document();
        Original original = Original.of(form, Cast.of(party, other, weak, TestPki.CLOCK, address), unsigned);
        Attack valid =
                new Attack("", "the valid one", form.mediaType(), original.body(), original.jws(), Set.of(), true);
        Passage.Validated expected = stages.travel(agreement, sample.sender(), form, valid);
        List<String> wrong = new ArrayList<>();

        int place = List.copyOf(RealFiles.CATALOGUE.all()).indexOf(agreement);
        boolean all = ALL || place == 0;
        Stream<List<Attack>> attacks = all ? Attacks.of(original) : Attacks.of(original, PARTS, place % PARTS);
        attacks.filter(cases -> all || !OF_READING.contains(cases.get(0).kind()))
                .forEach(cases -> {
                    cases.forEach(attack -> tried(agreement, sample.sender(), form, attack, expected)
                            .ifPresent(wrong::add));
                    tried(agreement, sample.sender(), form, valid, expected)
                            .ifPresent(said -> wrong.add("after " + cases.get(0).kind() + ": " + said));
                });

        assertThat(wrong).isEmpty();
        assertThat(bait.taken()).as("somebody fetched what an attack named").isFalse();
    }

    /** What is wrong with how it ended, if anything. */
    private Optional<String> tried(
            Agreement agreement, PartyCode party, Form form, Attack attack, Passage.Validated expected) {
        long begun = System.nanoTime();
        String answer;
        Optional<String> wrong = Optional.empty();
        try {
            Passage.Validated validated = stages.travel(agreement, party, form, attack);
            answer = "the valid one";
            if (!attack.harmless()) {
                wrong = Optional.of(attack + " was accepted");
            } else if (!validated.fields().equals(expected.fields())) {
                wrong = Optional.of(attack + " was accepted as another document");
            }
        } catch (Refusal refusal) {
            ProblemCode code = refusal.problem().code();
            answer = code.code();
            if (!attack.refusedWith().contains(code)) {
                wrong = Optional.of(attack + " was refused with " + answer + ": "
                        + refusal.problem().detail());
            }
        } catch (RuntimeException | StackOverflowError defect) {
            answer = "a defect";
            wrong = Optional.of(attack + " met a defect: " + defect);
        }
        if (!attack.kind().isEmpty()) {
            tally.count(attack, answer, Duration.ofNanos(System.nanoTime() - begun));
        }
        return wrong;
    }
}
