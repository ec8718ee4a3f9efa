package io.chapar.record;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Readers that come one after the other, the next before the last has ended: so there is always one. */
class WriteAheadLogTest {

    private static final int EVENT = 100_000;
    private static final int EVENTS = 300;
    private static final long LONGEST = 5_000_000;

    @TempDir
    Path folder;

    private int number;

    /** Ends each reading only when the other reader has begun its next. */
    private static void read(Database database, Semaphore mine, Semaphore others, AtomicBoolean over) throws Exception {
        Connection last = null;
        while (!over.get()) {
            mine.acquire();
            Connection next = reading(database);
            others.release();
            if (last != null) {
                ended(last);
            }
            last = next;
        }
        if (last != null) {
            ended(last);
        }
    }

    private long writtenAndCut() throws Exception {
        Path file = folder.resolve("chapar.db");
        ExecutorService readers = Executors.newFixedThreadPool(2);
        AtomicBoolean over = new AtomicBoolean();
        Semaphore first = new Semaphore(1);
        Semaphore second = new Semaphore(0);
        try (Database database = Databases.SQLITE.open(folder);
                Connection writer = database.openWriter()) {
            WriteAheadLog log = new WriteAheadLog(file, LONGEST, Duration.ZERO);
            List<Future<?>> reading = List.of(
                    readers.submit(() -> {
                        read(database, first, second, over);
                        return null;
                    }),
                    readers.submit(() -> {
                        read(database, second, first, over);
                        return null;
                    }));
            for (int i = 0; i < EVENTS; i++) {
                write(writer);
                log.cutWhenLong();
            }
            long size = Files.size(file.resolveSibling("chapar.db-wal"));
            over.set(true);
            first.release();
            second.release();
            for (Future<?> each : reading) {
                each.get();
            }
            return size;
        } finally {
            readers.shutdownNow();
        }
    }

    private static Connection reading(Database database) throws SQLException {
        Connection connection = database.readers().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from event")) {
            assertThat(row.next()).isTrue();
        }
        return connection;
    }

    private static void ended(Connection reader) throws SQLException {
        reader.rollback();
        reader.close();
    }

    private void write(Connection writer) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("insert into event (number, bytes) values (?, ?)")) {
            insert.setLong(1, number++);
            insert.setBytes(2, new byte[EVENT]);
            insert.executeUpdate();
        }
        writer.commit();
    }

    /** Each reader has begun before a commit and ends after the next one, so there is always one that still needs the log. */
    @Test
    void grows_without_end_when_nobody_cuts_it() throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                Connection writer = database.openWriter()) {
            Connection last = reading(database);
            for (int i = 0; i < EVENTS; i++) {
                write(writer);
                Connection next = reading(database);
                ended(last);
                last = next;
            }
            assertThat(Files.size(folder.resolve("chapar.db-wal"))).isGreaterThan((long) EVENTS * EVENT);
            ended(last);
        }
    }

    @Test
    void is_cut_when_it_is_long_although_there_is_always_a_reader() throws Exception {
        assertThat(writtenAndCut()).isLessThan(EVENTS * EVENT / 2L);
    }

    @Test
    void is_cut_by_who_commits_when_the_last_reader_that_needed_it_has_ended() throws Exception {
        Path log = folder.resolve("chapar.db-wal");
        try (Database database = Databases.SQLITE.open(folder);
                GroupCommit commits = new GroupCommit(database, 10, Duration.ofSeconds(20))) {
            Connection reader = reading(database);
            while (Files.size(log) <= Database.LONGEST_LOG) {
                commits.run(new DestroyedKeys.Destruction(number++ + "x".repeat(1 << 20), Instant.EPOCH, "retention"));
            }
            ended(reader);

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                commits.run(new DestroyedKeys.Destruction("key-" + number++, Instant.EPOCH, "retention"));
                assertThat(Files.size(log)).isLessThan(1 << 20);
            });
        }
    }

    @Test
    void that_it_is_far_too_long_is_told_once_until_it_is_cut() throws Exception {
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        Logger logger = (Logger) LoggerFactory.getLogger(WriteAheadLog.class);
        logger.addAppender(told);
        try (Database database = Databases.SQLITE.open(folder);
                Connection writer = database.openWriter()) {
            WriteAheadLog log = new WriteAheadLog(folder.resolve("chapar.db"), EVENT, Duration.ZERO);
            Connection reader = reading(database);
            for (int i = 0; i < 12; i++) {
                write(writer);
                log.cutWhenLong();
            }
            assertThat(told.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getLevel)
                    .isEqualTo(Level.WARN);
            ended(reader);
            log.cutWhenLong();
            assertThat(Files.size(folder.resolve("chapar.db-wal"))).isZero();
            assertThat(told.list).hasSize(1);
        } finally {
            logger.detachAppender(told);
        }
    }
}
