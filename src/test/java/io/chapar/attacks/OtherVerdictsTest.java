package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.attacks.OtherVerifiers.Says;
import io.chapar.attacks.OtherVerifiers.Signed;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Refusal;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.TestPki;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of each attack what we say, and what xmlsec1 and jose say. Nothing may be accepted by us alone; what they alone take, the
 * threat model explains, class by class. A program is started for each, so they are a few of each form; with
 * {@code -Dchapar.test.attacks=all} they are all, and the threat model has these very numbers.
 */
class OtherVerdictsTest {

    /** Nobody listens there; xmlsec1 fetches what a message names. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private static final PartyCode OTHER = new PartyCode("MJ");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final boolean ALL = "all".equals(System.getProperty("chapar.test.attacks"));

    /** One of so many. */
    private static final int USUALLY = 40;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothing_is_accepted_by_us_alone_and_what_others_alone_take_is_explained() throws Exception {
        OtherVerifiers.needed();
        Stages stages = new Stages(Files.createDirectories(folder.resolve("stages")));
        OtherVerifiers others = new OtherVerifiers(folder, stages.pki().authority(), PATIENCE);
        Agreement agreement = RealFiles.CATALOGUE.all().iterator().next();
        Sample sample = Sample.of(agreement, Path.of("schemas")).stream()
                .filter(each -> each.name().equals("minimal"))
                .findFirst()
                .orElseThrow();
        Author party = stages.signer(sample.sender());
        Map<String, Author> weak = Cast.weak(stages.pki(), TestPki.CLOCK);
        Cast cast = Cast.of(party, stages.signer(OTHER), weak, TestPki.CLOCK, NOWHERE);
        Map<String, Verdicts> table = new TreeMap<>();
        for (Form form : Form.values()) {
            Format format = form.isXml() ? Format.XML : Format.JSON;
            byte[] document = sample.fresh(format, TestPki.NOW).document();
            List<Attack> made = Attacks.of(Original.of(form, cast, document))
                    .flatMap(List::stream)
                    .toList();
            List<Attack> attacks = IntStream.range(0, made.size())
                    .filter(i -> ALL || i % USUALLY == 0)
                    .mapToObj(made::get)
                    .toList();
            List<Says> theirs = theirs(others, form, party, attacks);
            for (int i = 0; i < attacks.size(); i++) {
                boolean ours = accepted(stages, agreement, sample.sender(), form, attacks.get(i));
                table.computeIfAbsent(attacks.get(i).kind(), kind -> new Verdicts())
                        .count(form, attacks.get(i), ours, theirs.get(i));
            }
        }
        table.forEach((kind, verdicts) -> System.out.println(verdicts.row(kind) + " " + verdicts.theyAlone));
        List<String> page = Files.readAllLines(Path.of("docs/threat-model.md"));
        assertThat(table).allSatisfy((kind, verdicts) -> {
            assertThat(verdicts.weAlone).as(kind).isEmpty();
            assertThat(page)
                    .as("what they alone take: " + verdicts.theyAlone)
                    .anyMatch(line -> line.startsWith(ALL ? verdicts.row(kind) : "| " + kind + " |")
                            && line.matches(".*\\| [^|]+ \\|"));
        });
    }

    private static List<Says> theirs(OtherVerifiers others, Form form, Author party, List<Attack> attacks)
            throws Exception {
        if (form == Form.JSON) {
            return others.jose(attacks.stream()
                    .map(attack -> new Signed(
                            party.certificate(), attack.body(), attack.jws().orElse("")))
                    .toList());
        }
        List<Says> verdicts = new ArrayList<>();
        for (Attack attack : attacks) {
            verdicts.add(others.xmlsec1(form, party.certificate(), List.of(attack.body())));
        }
        return verdicts;
    }

    private static boolean accepted(Stages stages, Agreement agreement, PartyCode sender, Form form, Attack attack) {
        try {
            stages.travel(agreement, sender, form, attack);
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    /** Of one class of attacks. */
    private static final class Verdicts {

        private final List<String> theyAlone = new ArrayList<>();
        private final List<String> weAlone = new ArrayList<>();
        private int tried;
        private int takenByUs;
        private int takenByXmlsec1;
        private int takenByJose;
        private int withoutEnd;

        void count(Form form, Attack attack, boolean ours, Says theirs) {
            tried++;
            takenByUs += ours ? 1 : 0;
            takenByXmlsec1 += theirs == Says.YES && form.isXml() ? 1 : 0;
            takenByJose += theirs == Says.YES && !form.isXml() ? 1 : 0;
            withoutEnd += theirs == Says.NOTHING ? 1 : 0;
            if (theirs == Says.YES && !ours) {
                theyAlone.add(form + ": " + attack.situation());
            } else if (ours && theirs != Says.YES) {
                weAlone.add(form + ": " + attack.situation());
            }
        }

        /** As it stands in the threat model, without the reason. */
        String row(String kind) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d |",
                    kind,
                    tried,
                    takenByUs,
                    takenByXmlsec1,
                    takenByJose,
                    withoutEnd);
        }
    }
}
