package io.chapar.record;

import java.time.Duration;
import java.util.Properties;

/** How connections to PostgreSQL are set, so that each side soon notices that the other is gone. */
final class Postgres {

    /**
     * A process that is frozen says nothing, though its machine still answers for it: what it held is free after this
     * time.
     */
    static final Duration LAPSE = Duration.ofSeconds(10);

    /** A machine that answers nothing any more, as the server sees it. */
    private static final String GONE = " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2"
            + " -c tcp_keepalives_count=3 -c tcp_user_timeout=10s";

    private static final String ALL = "-c timezone=UTC" + GONE;

    // Who stops in the middle of a group must not stop the other nodes.
    private static final String WRITING = ALL
            + " -c lock_timeout=10s -c synchronous_commit=on -c idle_in_transaction_session_timeout="
            + LAPSE.toMillis();

    /** Longer than a writer waits for a lock; then the server's machine is taken for lost. */
    private static final int SILENT_SECONDS = 15;

    /** The longest that any reading takes, counting aside. */
    private static final int READING_SECONDS = 30;

    /** To count all that was ever accepted, or all that waits, may take as long as this. */
    static final Duration COUNTING = Duration.ofMinutes(30);

    private Postgres() {}

    static Properties writer() {
        return settings(WRITING, SILENT_SECONDS);
    }

    static Properties reader() {
        return settings(ALL, READING_SECONDS);
    }

    /** @param lapse after so long a silence of its owner the server ends the connection, and with it its locks */
    static Properties holder(Duration lapse) {
        return settings(WRITING + " -c idle_session_timeout=" + lapse.toMillis(), SILENT_SECONDS);
    }

    private static Properties settings(String options, int longestAnswer) {
        Properties properties = new Properties();
        properties.setProperty("options", options);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", String.valueOf(longestAnswer));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "chapar");
        properties.setProperty("prepareThreshold", "1");
        // The server would say which values broke a rule, and these may be a message's.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }
}
