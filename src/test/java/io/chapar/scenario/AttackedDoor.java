package io.chapar.scenario;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.attacks.Attack;
import io.chapar.attacks.Attacks;
import io.chapar.attacks.Author;
import io.chapar.attacks.Bait;
import io.chapar.attacks.Cast;
import io.chapar.attacks.Form;
import io.chapar.attacks.Original;
import io.chapar.attacks.Tally;
import io.chapar.message.Agreement;
import io.chapar.message.ProblemCode;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestPki;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A door of a running gateway, and the attacks that can be made of one message sent to it: in each build each class at one
 * door for JSON and one for XML, and all at every door with {@code -Dchapar.test.attacks=all}.
 */
enum AttackedDoor {
    REST_JSON("/api/v1/exchanges/", Form.JSON, 2, 0),
    QUEUE_JSON(QueueWire.PATH, Form.JSON, 2, 1),
    REST_XML("/api/v1/exchanges/", Form.XML, 4, 0),
    SOAP("/ws/", Form.SOAP, 4, 1),
    REST_XADES("/api/v1/exchanges/", Form.XADES, 4, 2),
    QUEUE_XADES(QueueWire.PATH, Form.XADES, 4, 3);

    private static final String EXCHANGE = "birth-notification";
    private static final String PARTY = "MH";
    private static final String OTHER = "MJ";
    private static final boolean ALL = "all".equals(System.getProperty("chapar.test.attacks"));

    private final String entrance;
    private final Form form;
    private final int parts;
    private final int part;

    AttackedDoor(String entrance, Form form, int parts, int part) {
        this.entrance = entrance;
        this.form = form;
        this.parts = parts;
        this.part = part;
    }

    DynamicTest test(Gateway gateway) {
        return DynamicTest.dynamicTest("attacks at " + name(), () -> new Siege(gateway).run());
    }

    private final class Siege {
        private static final Map<String, Author> WEAK = Cast.weak(new TestPki("Attacks"), Clock.systemUTC());

        private final Gateway gateway;
        private final Told.Reader reader;
        private final Tally tally = new Tally();
        private final List<String> wrong = new ArrayList<>();

        Siege(Gateway gateway) {
            this.gateway = gateway;
            this.reader = new Told.Reader(gateway.keys("CHAPAR").signingCertificate());
        }

        void run() throws Exception {
            try (Bait bait = Bait.open()) {
                Cast cast = Cast.of(author(PARTY), author(OTHER), WEAK, Clock.systemUTC(), bait.address());
                for (List<Attack> cases : Attacks.of(original(cast), ALL ? 1 : parts, ALL ? 0 : part)
                        .toList()) {
                    for (Attack attack : cases) {
                        tried(attack);
                    }
                    accepted(original(cast));
                }
                assertThat(wrong).isEmpty();
                assertThat(bait.taken())
                        .as("somebody fetched what an attack named")
                        .isFalse();
            } finally {
                System.out.println(name() + System.lineSeparator() + tally.table());
            }
        }

        private Author author(String party) {
            PartyKeys keys = gateway.keys(party);
            return new Author(keys.signingKey(), keys.signingCertificate(), Clock.systemUTC());
        }

        private Original original(Cast cast) throws Exception {
            Agreement agreement = RealFiles.CATALOGUE.all().stream()
                    .filter(each -> each.exchange().exchange().equals(EXCHANGE))
                    .findFirst()
                    .orElseThrow();
            return Original.of(form, cast, agreement, Clock.systemUTC().instant());
        }

        private Response send(Attack attack) throws Exception {
            Request request = Request.post(entrance + EXCHANGE, PARTY, Map.of(), attack.body())
                    .with("Content-Type", attack.contentType());
            return gateway.wire()
                    .send(attack.jws()
                            .map(jws -> request.with(Pen.SIGNATURE, jws))
                            .orElse(request));
        }

        /** A message like that of which the attacks were made is taken as ever. */
        private void accepted(Original original) throws Exception {
            Response response =
                    send(new Attack("", "", form.mediaType(), original.body(), original.jws(), Set.of(), true));
            assertThat(reader.read(response).kind()).as(response.text()).isEqualTo(Told.Kind.RECEIPT);
        }

        private void tried(Attack attack) throws Exception {
            long begun = System.nanoTime();
            Response response = send(attack);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Told told = reader.read(response);
            if (told.kind() == Told.Kind.RECEIPT) {
                tally.count(attack, "the valid one", took);
                if (!attack.harmless()) {
                    wrong.add(attack + " was accepted");
                }
                return;
            }
            String code = told.content().must("/code");
            tally.count(attack, code, took);
            // the same id with other bytes was read to the end, and is another message all the same
            boolean another = attack.harmless() && code.equals("id-reused");
            boolean expected = another
                    || attack.refusedWith().stream().map(ProblemCode::code).anyMatch(code::equals);
            // SOAP 1.1 knows 500 for every fault
            boolean ours = response.status() >= 500 && form != Form.SOAP;
            if (!expected || ours) {
                wrong.add(attack + " was refused with " + response.status() + " " + code);
            }
        }
    }
}
