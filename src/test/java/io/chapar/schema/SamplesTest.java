package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/** Every sample of every exchange, in both forms. */
class SamplesTest {

    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));

    /** A sample in both forms. */
    record Sample(ExchangeVersion exchange, Path xml, Path json) {
        @Override
        public String toString() {
            return exchange + " " + xml.getFileName().toString().replace(".xml", "");
        }
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (ExchangeVersion exchange : SCHEMAS.all()) {
            Path folder = SCHEMAS.folder()
                    .resolve(exchange.exchange())
                    .resolve(exchange.version())
                    .resolve("samples");
            for (String name : List.of("minimal", "full", "azerbaijani")) {
                samples.add(new Sample(exchange, folder.resolve(name + ".xml"), folder.resolve(name + ".json")));
            }
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void both_forms_are_valid_and_say_the_same(Sample sample) throws Exception {
        DocumentSchema schema = SCHEMAS.of(sample.exchange()).message();
        Document xml = HardenedXml.parse(Files.readAllBytes(sample.xml()));
        var json = HardenedJson.parse(Files.readAllBytes(sample.json()));

        assertThat(schema.isRoot(xml.getDocumentElement())).isTrue();
        assertThat(schema.validateXml(xml)).isEmpty();
        assertThat(schema.validateJson(json)).isEmpty();
        assertThat(schema.fields(xml)).isEqualTo(schema.fields(json));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_converted_is_valid_and_converts_back_to_the_same(Sample sample) throws Exception {
        DocumentSchema schema = SCHEMAS.of(sample.exchange()).message();
        Fields fields = schema.fields(HardenedJson.parse(Files.readAllBytes(sample.json())));

        byte[] xml = schema.xml(fields);
        Document document = HardenedXml.parse(xml);
        byte[] json = schema.json(schema.fields(document));

        assertThat(new String(xml, StandardCharsets.UTF_8))
                .contains("<" + schema.root() + " xmlns=\"" + sample.exchange().namespace() + "\">");
        assertThat(schema.validateXml(document)).isEmpty();
        assertThat(schema.validateJson(HardenedJson.parse(json))).isEmpty();
        assertThat(schema.fields(HardenedJson.parse(json))).isEqualTo(fields);
        assertThat(schema.fields(document)).isEqualTo(fields);
    }
}
