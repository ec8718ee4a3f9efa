package io.chapar.app.reload;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a reading throws, the looking goes on, and somebody is told. */
class FilesWatchTest {

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(FilesWatch.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final FilesRead first = new FilesRead();
    private FilesRead read = first;
    private BooleanSupplier reading = () -> true;
    private FilesWatch watch;

    @BeforeEach
    void start() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "as at start");
        first.reading(file);
        watch = new FilesWatch(file.toString(), () -> read, () -> {
            boolean taken = reading.getAsBoolean();
            read = new FilesRead();
            read.reading(file);
            return taken;
        });
        Files.writeString(file, "changed");
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        watch.close();
    }

    private void fails(RuntimeException failure) {
        reading = () -> {
            throw failure;
        };
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .filter(event -> event.getFormattedMessage().contains(folder.toString()))
                .map(event -> event.getThrowableProxy().getMessage())
                .toList();
    }

    @Test
    void refused_while_it_cannot_be_taken_yet() {
        fails(new IllegalStateException("the record is away"));
        looks(3);
        assertThat(watch.refused()).isTrue();

        reading = () -> true;
        looks(2);
        assertThat(watch.refused()).isFalse();
    }

    @Test
    void each_other_failure_is_told_and_the_same_one_once() {
        fails(new IllegalStateException("the record is away"));
        looks(5);
        fails(new IllegalStateException("the disk is full"));
        looks(5);

        assertThat(warnings()).containsExactly("the record is away", "the disk is full");
    }

    @Test
    void a_failure_that_comes_again_after_a_good_reading_is_told_again() throws IOException {
        fails(new IllegalStateException("the record is away"));
        looks(3);
        reading = () -> true;
        looks(2);
        fails(new IllegalStateException("the record is away"));
        Files.writeString(folder.resolve("file"), "changed again");
        looks(3);

        assertThat(warnings()).containsExactly("the record is away", "the record is away");
    }

    @Test
    void an_error_does_not_end_the_looking() {
        reading = () -> {
            throw new NoClassDefFoundError("a class that is gone");
        };
        looks(3);
        assertThat(watch.refused()).isTrue();
        assertThat(warnings()).containsExactly("a class that is gone");

        reading = () -> true;
        looks(2);
        assertThat(watch.refused()).isFalse();
    }
}
