package io.chapar.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.accept.AttachmentLimits;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Party;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The description that each party of this repository is given. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi OPEN_API = new OpenApi(
            RealFiles.CATALOGUE,
            new SchemaFiles(Path.of("schemas")),
            new DoorSettings(
                    1 << 20, Optional.empty(), Path.of("schemas"), Duration.ofMinutes(1), Duration.ofMinutes(1), 100),
            AttachmentLimits.NONE);

    static Stream<Party> parties() {
        return RealFiles.PARTIES.all().stream();
    }

    @ParameterizedTest
    @MethodSource("parties")
    void a_party_is_told_of_what_concerns_it_alone_and_nothing_is_missing_that_is_referred_to(Party party)
            throws IOException {
        JsonNode description = JSON.readTree(OPEN_API.document(party));

        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            String path = "/api/v1/exchanges/" + agreement.exchange().exchange();
            assertThat(description.at("/paths").has(path)).as(path).isEqualTo(agreement.concerns(party));
        }
        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("parties")
    void it_is_written_once_however_often_it_is_fetched(Party party) {
        assertThat(OPEN_API.document(party)).isSameAs(OPEN_API.document(party));
    }
}
