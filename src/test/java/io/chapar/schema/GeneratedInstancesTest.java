package io.chapar.schema;

import io.chapar.instances.Content.Member;
import io.chapar.instances.Instances;
import io.chapar.instances.Item;
import io.chapar.instances.Mutants;
import io.chapar.instances.Seed;
import io.chapar.instances.Written;
import io.chapar.instances.XsdReading;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Violation;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/** Any message may be sent in one form and received in the other: tried with instances that nobody thought of. */
class GeneratedInstancesTest {

    private static final Path FOLDER = Path.of("schemas");
    private static final Schemas SCHEMAS = Schemas.load(FOLDER);

    /** A message or an answer of an exchange. */
    record Kind(ExchangeVersion exchange, DocumentSchema schema, Member root) {

        static Kind of(ExchangeVersion exchange, DocumentSchema schema) {
            return new Kind(exchange, schema, XsdReading.root(FOLDER, exchange, schema.root()));
        }

        byte[] xml(Item item) {
            return Written.xml(item, exchange.namespace()).getBytes(StandardCharsets.UTF_8);
        }

        static byte[] json(Item item) {
            return Written.json(item).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return exchange + " " + schema.root();
        }
    }

    static Stream<Kind> kinds() {
        return SCHEMAS.all().stream()
                .flatMap(exchange -> Stream.concat(
                                Stream.of(SCHEMAS.of(exchange).message()), SCHEMAS.of(exchange).answer().stream())
                        .map(schema -> Kind.of(exchange, schema)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_instance_is_valid_in_both_forms_and_comes_back_unchanged_from_the_other(Kind kind) throws Exception {
        for (int number = 0; number < Seed.instances(6); number++) {
            Item item = Instances.instance(kind.root(), Seed.SEED, number);
            byte[] xml = kind.xml(item);
            byte[] json = Kind.json(item);
            String told = Seed.told(number) + "\n" + Written.json(item);
            DocumentSchema schema = kind.schema();
            Document document = HardenedXml.parse(xml);

            assertThat(schema.validateXml(document)).as(told).isEmpty();
            assertThat(schema.validateJson(HardenedJson.parse(json))).as(told).isEmpty();

            Fields fromXml = schema.fields(document);
            Fields fromJson = schema.fields(HardenedJson.parse(json));
            assertThat(fromXml).as(told).isEqualTo(fromJson);

            byte[] asJson = schema.json(fromXml);
            Document asXml = HardenedXml.parse(schema.xml(fromJson));
            assertThat(schema.validateJson(HardenedJson.parse(asJson))).as(told).isEmpty();
            assertThat(schema.validateXml(asXml)).as(told).isEmpty();

            assertThat(text(asJson)).as(told).isEqualTo(text(json));
            assertThat(text(HardenedXml.canonical(asXml))).as(told).isEqualTo(text(HardenedXml.canonical(document)));
            assertThat(text(schema.json(schema.fields(asXml)))).as(told).isEqualTo(text(json));
            assertThat(text(HardenedXml.canonical(
                            HardenedXml.parse(schema.xml(schema.fields(HardenedJson.parse(asJson)))))))
                    .as(told)
                    .isEqualTo(text(HardenedXml.canonical(document)));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_instance_with_one_change_gets_the_same_verdict_in_both_forms_and_says_the_same_if_it_is_valid(Kind kind) {
        List<String> disagreements = new ArrayList<>();
        int refused = 0;
        for (int number = 2; number < 2 + Seed.instances(2); number++) {
            Item item = Instances.instance(kind.root(), Seed.SEED, number);
            for (Mutants.Mutant mutant : new Mutants(Seed.SEED, kind.root().name(), number).of(item, 2)) {
                Verdict inXml = xml(kind, mutant.root());
                Verdict inJson = json(kind, mutant.root());
                refused += inXml.fields().isEmpty() ? 1 : 0;
                if (!inXml.fields().equals(inJson.fields())) {
                    disagreements.add(mutant.what() + ": " + Seed.told(number) + "\nXML " + inXml.reason() + "\nJSON "
                            + inJson.reason() + "\n" + text(kind.xml(mutant.root())) + "\n"
                            + Written.json(mutant.root()));
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(refused).isPositive();
    }

    /** What a document says, if it is valid; else why it is not. */
    private record Verdict(Optional<Fields> fields, String reason) {

        static Verdict of(List<Violation> found, Supplier<Fields> reading) {
            return found.isEmpty()
                    ? new Verdict(Optional.of(reading.get()), "valid")
                    : new Verdict(Optional.empty(), found.toString());
        }
    }

    private static Verdict xml(Kind kind, Item item) {
        try {
            Document document = HardenedXml.parse(kind.xml(item));
            return Verdict.of(
                    kind.schema().validateXml(document), () -> kind.schema().fields(document));
        } catch (Malformed e) {
            return new Verdict(Optional.empty(), e.toString());
        }
    }

    private static Verdict json(Kind kind, Item item) {
        try {
            Map<String, Object> object = HardenedJson.parse(Kind.json(item));
            return Verdict.of(
                    kind.schema().validateJson(object), () -> kind.schema().fields(object));
        } catch (Malformed e) {
            return new Verdict(Optional.empty(), e.toString());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
