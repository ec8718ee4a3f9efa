package io.chapar.app.catalogue;

import io.chapar.app.reload.FilesWatch;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PartyWatchTest {

    @TempDir
    Path folder;

    private final List<Digest> taken = new ArrayList<>();
    private Optional<RuntimeException> no = Optional.empty();
    private Path file;
    private Path certificate;
    private ReloadableParties parties;
    private FilesWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("parties.yaml");
        certificate = Files.writeString(folder.resolve("tls.cert.pem"), "the first");
        named("Register");
        parties = new ReloadableParties(RealFiles.parties(file, Map.of()));
        ReloadableParties.Entrance entrance = (fresh, digest) -> {
            if (no.isPresent()) {
                throw no.get();
            }
            taken.add(digest);
        };
        watch = new FilesWatch("party directory", parties::filesRead, () -> parties.reload(entrance));
    }

    private void named(String name) throws IOException {
        Files.writeString(
                file,
                "parties: [{code: SPR, name: " + name + ", channel: mailbox, certificates: {tls: [" + certificate
                        + "], signing: [" + certificate + "]}}]");
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private String name() {
        return parties.party(new PartyCode("SPR")).orElseThrow().name();
    }

    @Test
    void a_changed_directory_is_taken_once_and_its_digest_told() throws IOException {
        looks(3);
        assertThat(taken).isEmpty();

        named("Population");
        looks(3);

        assertThat(name()).isEqualTo("Population");
        assertThat(taken).hasSize(1);
        named("Register");
        looks(3);
        assertThat(taken).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void a_certificate_that_was_replaced_in_its_place_is_read_again() throws IOException {
        Files.writeString(certificate, "the second");
        looks(2);
        assertThat(taken).hasSize(1);
    }

    @Test
    void refused_while_somebody_still_writes() throws IOException {
        named("Popul");
        looks(1);
        named("Population");
        looks(1);
        assertThat(name()).isEqualTo("Register");

        looks(1);
        assertThat(name()).isEqualTo("Population");
        assertThat(taken).hasSize(1);
    }

    @Test
    void refused_when_it_is_broken_until_it_is_mended() throws IOException {
        Files.writeString(file, "parties: [{code: SPR}]");
        looks(3);
        assertThat(watch.refused()).isTrue();
        assertThat(name()).isEqualTo("Register");

        named("Population");
        looks(2);
        assertThat(watch.refused()).isFalse();
        assertThat(name()).isEqualTo("Population");
    }

    @Test
    void refused_when_a_running_gateway_cannot_take_it() throws IOException {
        no = Optional.of(new CatalogueRefused(List.of("SPR has queues")));
        named("Population");
        looks(3);
        assertThat(watch.refused()).isTrue();
        assertThat(name()).isEqualTo("Register");
    }

    @Test
    void not_in_force_before_it_is_recorded_and_tried_again() throws IOException {
        no = Optional.of(new IllegalStateException("the record is away"));
        named("Population");
        looks(4);
        assertThat(name()).isEqualTo("Register");

        no = Optional.empty();
        looks(2);
        assertThat(name()).isEqualTo("Population");
        assertThat(taken).hasSize(1);
    }
}
