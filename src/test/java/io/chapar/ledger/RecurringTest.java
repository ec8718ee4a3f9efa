package io.chapar.ledger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What fails again and again ends nothing, and does not fill the log. */
class RecurringTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Recurring.class);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final AtomicReference<RuntimeException> wrong = new AtomicReference<>();
    private final Recurring recurring = new Recurring("counting", () -> {
        if (wrong.get() != null) {
            throw wrong.get();
        }
    });

    @BeforeEach
    void listen() {
        told.start();
        LOG.addAppender(told);
    }

    @AfterEach
    void hear_no_more() {
        LOG.detachAppender(told);
    }

    private void runs(int times) {
        for (int i = 0; i < times; i++) {
            recurring.run();
        }
    }

    @Test
    void a_database_that_is_away_is_told_in_one_line_and_in_one_that_it_is_back() {
        wrong.set(new IllegalStateException(
                "cannot be read", new ExecutionException(new SQLException("connection refused"))));
        runs(100);
        wrong.set(null);
        runs(100);

        assertThat(told.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.INFO);
        assertThat(told.list.get(0).getFormattedMessage()).contains("counting", "cannot be read", "connection refused");
        assertThat(told.list.get(0).getThrowableProxy()).as("no stack trace").isNull();
        assertThat(told.list.get(1).getFormattedMessage()).contains("counting", "goes on");
    }

    @Test
    void a_defect_is_told_with_its_stack_trace_also_after_the_database_was_away() {
        wrong.set(new IllegalStateException("cannot be read", new SQLException("connection refused")));
        runs(2);
        wrong.set(new NullPointerException());
        runs(2);

        assertThat(told.list).hasSize(2);
        assertThat(told.list.get(1).getThrowableProxy()).isNotNull();
    }

    @Test
    void nothing_is_said_while_all_goes_well() {
        runs(3);

        assertThat(told.list).isEmpty();
    }
}
