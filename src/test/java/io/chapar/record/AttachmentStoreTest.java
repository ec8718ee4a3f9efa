package io.chapar.record;

import io.chapar.message.Content;
import io.chapar.message.ContentDamaged;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.FileContent;
import io.chapar.message.Passage;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files beside the record: what refers to them keeps them, whatever else happens. */
class AttachmentStoreTest {

    private static final Optional<String> NO_KEY = Optional.empty();
    private static final Duration AGE = Duration.ofHours(1);
    private static final String SECRET = "Leyla's certificate of employment ";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    /** A record with its store. */
    private final class World {
        final Database database;
        final AttachmentStore store;
        final MessageRecord record;

        World(Databases kind) throws IOException {
            database = kind.open(folder);
            store = Messages.store(folder);
            record = new MessageRecord(
                    database, PayloadKeys.open(folder.resolve("keys"), Optional.empty()), store, Clock.systemUTC());
            open.add(record);
            open.add(database);
        }

        FileContent stored(int size) throws IOException {
            byte[] bytes = content(size);
            try (IncomingFile file = store.incoming()) {
                file.write(bytes, 0, 1000);
                file.write(bytes, 1000, bytes.length - 1000);
                return file.complete();
            }
        }

        /** A message with these files, which SPR receives. */
        NewMessage accepted(FileContent... files) throws Exception {
            List<Passage.Attachment> parts = new ArrayList<>();
            for (FileContent file : files) {
                parts.add(new Passage.Attachment("file-" + parts.size(), "application/pdf", file));
            }
            NewMessage message = Messages.withFiles(Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR), parts);
            record.accept(message);
            return message;
        }

        Dispatch.Due due(NewMessage message) {
            return record.due(message.tickets().get(0).deliveryId()).orElseThrow();
        }

        /** As if so much time had passed. */
        int sweepIn(Duration time) throws Exception {
            for (Path file : files()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(time)));
            }
            return sweepByClockAheadBy(time);
        }

        int sweepByClockAheadBy(Duration time) throws Exception {
            try (AttachmentSweep sweep = new AttachmentSweep(
                    store, database, Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC), AGE)) {
                return sweep.sweep();
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static byte[] content(int size) {
        return SECRET.repeat(size / SECRET.length() + 1).substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("attachments"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_large_file_is_read_back_through_the_record_and_stands_nowhere_in_clear(Databases kind) throws Exception {
        World world = new World(kind);
        NewMessage message = world.accepted(world.stored(300_000), world.stored(2_000));

        List<Passage.Attachment> received = world.due(message).attachments();

        assertThat(received).hasSize(2);
        for (Passage.Attachment file : received) {
            int size = file.contentId().equals("file-0") ? 300_000 : 2_000;
            assertThat(file.content().size()).isEqualTo(size);
            assertThat(file.content().digest()).isEqualTo(Digest.of(content(size)));
            assertThat(file.content().bytes()).isEqualTo(content(size));
        }
        assertThat(files()).hasSize(1);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void damaged_when_a_stored_file_is_altered_cut_exchanged_or_gone(Databases kind) throws Exception {
        World world = new World(kind);
        StoredFile file = (StoredFile) world.stored(300_000);
        StoredFile other = (StoredFile) world.stored(300_000);
        Content read = world.due(world.accepted(file)).attachments().get(0).content();
        byte[] whole = Files.readAllBytes(file.path());
        read.verify();

        byte[] altered = whole.clone();
        altered[altered.length / 2] ^= 1;
        Files.write(file.path(), altered);
        assertDamaged(read);
        Files.write(file.path(), Arrays.copyOf(whole, 65_552));
        assertDamaged(read);
        Files.write(file.path(), Files.readAllBytes(other.path()));
        assertDamaged(read);
        Files.delete(file.path());
        assertDamaged(read);
        Files.write(file.path(), whole);
        read.verify();
    }

    private static void assertDamaged(Content content) {
        assertThatExceptionOfType(ContentDamaged.class).isThrownBy(content::verify);
    }

    @ParameterizedTest
    @EnumSource
    void swept_are_old_files_to_which_nothing_refers_and_no_others(Databases kind) throws Exception {
        World world = new World(kind);
        StoredFile kept = (StoredFile) world.stored(100_000);
        StoredFile left = (StoredFile) world.stored(100_000);
        world.accepted(kept);
        Path unfinished = Files.write(left.path().resolveSibling(UUID.randomUUID() + ".part"), new byte[] {1});

        assertThat(world.sweepIn(Duration.ofMinutes(50))).isZero();
        assertThat(files()).containsExactlyInAnyOrder(kept.path(), left.path(), unfinished);
        assertThat(world.sweepIn(Duration.ofMinutes(70))).isEqualTo(2);
        assertThat(files()).containsExactly(kept.path());
        assertThat(world.sweepIn(Duration.ofDays(400))).isZero();
        assertThat(files()).containsExactly(kept.path());
    }

    @ParameterizedTest
    @EnumSource
    void delivered_though_a_node_whose_clock_is_two_hours_ahead_swept_before_it_was_recorded(Databases kind)
            throws Exception {
        World world = new World(kind);
        StoredFile file = (StoredFile) world.stored(100_000);

        assertThat(world.sweepByClockAheadBy(Duration.ofHours(2))).isZero();

        NewMessage message = world.accepted(file);
        assertThat(world.due(message).attachments())
                .singleElement()
                .satisfies(
                        attachment -> assertThat(attachment.content().bytes()).isEqualTo(content(100_000)));
    }

    @ParameterizedTest
    @EnumSource
    void kept_while_it_is_in_use_by_a_node_whose_clock_is_behind(Databases kind) throws Exception {
        World world = new World(kind);
        StoredFile used = (StoredFile) world.stored(100_000);
        StoredFile left = (StoredFile) world.stored(100_000);
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(used.path(), old);
        Files.setLastModifiedTime(left.path(), old);
        Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofHours(-3));

        AttachmentStore.open(folder.resolve("attachments"), behind).inUse(used);

        assertThat(world.sweepByClockAheadBy(Duration.ZERO)).isEqualTo(1);
        assertThat(files()).containsExactly(used.path());
    }

    @ParameterizedTest
    @EnumSource
    void swept_once_the_key_of_their_message_is_destroyed(Databases kind) throws Exception {
        World world = new World(kind);
        StoredFile file = (StoredFile) world.stored(100_000);
        world.accepted(file);
        try (Connection writer = world.database.openWriter();
                PreparedStatement insert = writer.prepareStatement("insert into destroyed_key (key_name, destroyed_at,"
                        + " destroyed_by) select key_name, 0, 'a test' from message")) {
            insert.executeUpdate();
            writer.commit();
        }

        assertThat(world.sweepIn(Duration.ofDays(3))).isEqualTo(1);
        assertThat(files()).isEmpty();
        assertThat(folder.resolve("attachments")).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void given_up_are_files_to_which_the_record_does_not_refer(Databases kind) throws Exception {
        World world = new World(kind);
        FileContent kept = world.stored(100_000);
        FileContent left = world.stored(100_000);
        world.accepted(kept);

        world.record.discard(List.of(
                new Passage.Attachment("a", "application/pdf", kept),
                new Passage.Attachment("b", "application/pdf", left)));

        assertThat(files()).containsExactly(((StoredFile) kept).path());
    }

    @ParameterizedTest
    @EnumSource
    void a_mailed_payload_has_its_files_in_their_places_and_is_not_handed_out_without_them(Databases kind)
            throws Exception {
        World world = new World(kind);
        StoredFile large = (StoredFile) world.stored(300_000);
        NewMessage message = world.accepted(large, world.stored(10_000));
        Dispatch.Signed signed = Messages.signed(world.due(message));
        int end = signed.payload().length;
        world.record.ended(new Dispatch.Mailed(
                signed,
                List.of(
                        new Dispatch.Mailed.Place(0, "file-1"),
                        new Dispatch.Mailed.Place(2, "file-0"),
                        new Dispatch.Mailed.Place(end, "file-1"))));

        List<MailboxEntry> handedOut = world.record.handOut(SPR, 10, Duration.ZERO);

        String payload = new String(signed.payload(), StandardCharsets.UTF_8);
        String small = new String(content(10_000), StandardCharsets.US_ASCII);
        assertThat(handedOut).singleElement().satisfies(entry -> {
            assertThat(entry.payload().size()).isEqualTo(320_000L + end);
            assertThat(new String(entry.payload().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(small
                            + payload.substring(0, 2)
                            + new String(content(300_000), StandardCharsets.US_ASCII)
                            + payload.substring(2)
                            + small);
        });
        byte[] cut = Files.readAllBytes(large.path());
        Files.write(large.path(), Arrays.copyOf(cut, cut.length - 1));
        assertThat(world.record.handOut(SPR, 10, Duration.ZERO, Set.of())).isEmpty();
    }
}
