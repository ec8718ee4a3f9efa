package io.chapar.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes attachments to which nothing in the record refers: a node that is killed between storing and recording leaves
 * some, and so does a message whose key was destroyed. What was written a moment ago may be about to be recorded, by this
 * node or by another, and is left alone. How old a file is, the clock that dated it says: this node's may be wrong.
 */
public final class AttachmentSweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentSweep.class);

    /** Names are compared as bytes, because text has another order on every server. */
    private static final String REFERRED_TO = "select c.file from content c join message m on m.number = c.message"
            + " where c.file >= ? and c.file < ?"
            + " and not exists (select 1 from destroyed_key d where d.key_name = m.key_name)";

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final String UNFINISHED = ".part";

    private final AttachmentStore store;
    private final Database database;
    private final Clock clock;
    private final Duration age;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "chapar-attachments");
        thread.setDaemon(true);
        return thread;
    });
    private LocalDate allOn = LocalDate.MIN;

    /** @param age since it was last written, of a file that may be deleted */
    public AttachmentSweep(AttachmentStore store, Database database, Clock clock, Duration age) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.age = age;
    }

    public void start(Duration every) {
        var unused = ticks.scheduleWithFixedDelay(this::sweepQuietly, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweepQuietly() {
        try {
            int swept = sweep();
            if (swept > 0) {
                LOG.info("{} attachments to which nothing referred are deleted", swept);
            }
        } catch (IOException | SQLException | RuntimeException | Error e) {
            // Whatever is thrown from here would end the sweeping for ever.
            LOG.warn("attachments could not be swept; it is tried again", e);
        }
    }

    /** All days once a day, otherwise yesterday and today; returns how many files were deleted. */
    public synchronized int sweep() throws IOException, SQLException {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!Files.isDirectory(store.folder())) {
            return 0;
        }
        Instant latest = store.now().toInstant().minus(age);
        int swept = 0;
        for (Path day : days()) {
            LocalDate date = LocalDate.parse(String.valueOf(day.getFileName()));
            if (!allOn.equals(today) || !date.isBefore(today.minusDays(1))) {
                swept += sweep(day, date.isBefore(today.minusDays(1)), latest);
            }
        }
        allOn = today;
        return swept;
    }

    private List<Path> days() throws IOException {
        try (Stream<Path> all = Files.list(store.folder())) {
            return all.filter(path ->
                            DAY.matcher(String.valueOf(path.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    /** First the files, then who refers to them: what is recorded in between is not old enough to be among them. */
    private int sweep(Path day, boolean past, Instant latest) throws IOException, SQLException {
        List<Path> old = old(day, latest);
        int swept = 0;
        if (!old.isEmpty()) {
            Set<String> referredTo = referredTo(String.valueOf(day.getFileName()));
            for (Path file : old) {
                String name = day.getFileName() + "/" + file.getFileName();
                if (name.endsWith(UNFINISHED) || !referredTo.contains(name)) {
                    swept += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        if (past) {
            deleteIfEmpty(day);
        }
        return swept;
    }

    private static List<Path> old(Path day, Instant latest) throws IOException {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(day)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (lastWritten(file).isBefore(latest)) {
                    old.add(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("the folder of a day cannot be listed", e);
        }
        return old;
    }

    /** Another node may sweep at the same time. */
    private static Instant lastWritten(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException gone) {
            LOG.trace("{} was deleted meanwhile", file.getFileName());
            return Instant.MAX;
        }
    }

    private static void deleteIfEmpty(Path day) throws IOException {
        try {
            Files.deleteIfExists(day);
        } catch (DirectoryNotEmptyException stillReferredTo) {
            LOG.trace("{} still has attachments", day.getFileName());
        }
    }

    private Set<String> referredTo(String day) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(REFERRED_TO)) {
            select.setBytes(1, (day + "/").getBytes(StandardCharsets.US_ASCII));
            // The next character after the slash.
            select.setBytes(2, (day + "0").getBytes(StandardCharsets.US_ASCII));
            Set<String> names = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(new String(row.getBytes(1), StandardCharsets.US_ASCII));
                }
            }
            return names;
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            if (!ticks.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("attachments are still being swept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
