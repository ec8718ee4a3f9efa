package io.chapar.app.catalogue;

import io.chapar.app.reload.FilesWatch;
import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A new directory is held to the agreements with which the gateway runs, whatever lies in their folders by now. */
class AgreementsInForceTest {

    private static final String EXCHANGE = "health-card-registration";

    @TempDir
    Path routes;

    private Path file;
    private Path agreement;
    private FolderCatalogue catalogue;
    private ReloadableParties parties;
    private FilesWatch watch;

    @BeforeEach
    void start() throws IOException {
        RealFiles.copy(Path.of("routes", EXCHANGE), routes.resolve(EXCHANGE));
        agreement = routes.resolve(EXCHANGE).resolve("agreement.yaml");
        file = routes.resolve(PartyFile.NAME);
        directory("MH", "SMS", "SPR");
        parties = new ReloadableParties(RealFiles.parties(file, Map.of()));
        catalogue =
                CatalogueLoader.load(routes, RealFiles.SCHEMAS, RealFiles.MAPPINGS, parties.all(), RealFiles.LIMITS);
        watch = new FilesWatch(
                "party directory", parties::filesRead, () -> parties.reload((fresh, digest) -> catalogue.check(fresh)));
    }

    private void directory(String... codes) throws IOException {
        Files.writeString(
                file,
                Stream.of(codes)
                        .map(code -> "{code: " + code + ", name: " + code
                                + ", channel: mailbox, certificates: {tls: [a], signing: [b]}}")
                        .collect(Collectors.joining(", ", "parties: [", "]")));
        if (watch != null) {
            watch.look();
            watch.look();
        }
    }

    private boolean knows(String code) {
        return parties.party(new PartyCode(code)).isPresent();
    }

    @Test
    void refused_when_a_party_goes_that_only_the_edited_file_names_no_more() throws IOException {
        RealFiles.change(agreement, text -> text.replace("party: SMS", "party: SPR"));

        directory("MH", "SPR");

        assertThat(watch.refused()).isTrue();
        assertThat(knows("SMS")).isTrue();
        assertThatThrownBy(
                        () -> catalogue.check(RealFiles.parties(file, Map.of()).read()))
                .isInstanceOfSatisfying(
                        CatalogueRefused.class,
                        refused -> assertThat(refused.complaints())
                                .singleElement()
                                .asString()
                                .contains("agreement.yaml:16: /receivers/0/party names SMS"));
    }

    @Test
    void a_party_may_go_that_only_the_edited_file_names() throws IOException {
        RealFiles.change(agreement, text -> text.replace("party: SMS", "party: SPR"));

        directory("MH", "SMS");

        assertThat(watch.refused()).isFalse();
        assertThat(knows("SPR")).isFalse();
    }

    @Test
    void a_directory_is_taken_while_exchanges_are_being_written() throws IOException {
        Files.createDirectory(routes.resolve("not-finished"));
        Files.writeString(agreement, "exchange: [half");

        directory("MH", "SMS");

        assertThat(watch.refused()).isFalse();
        assertThat(knows("SPR")).isFalse();
    }

    @Test
    void refused_when_a_sender_goes() throws IOException {
        directory("SMS", "SPR");

        assertThat(watch.refused()).isTrue();
        assertThat(knows("MH")).isTrue();
    }
}
