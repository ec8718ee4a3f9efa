package io.chapar.scenario;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The database on which the gateway of the scenarios stands: its own file, or with {@code -Dchapar.test.database=postgresql}
 * a server.
 */
final class Ground implements AutoCloseable {

    private final Path data;
    private final Optional<EmbeddedPostgres> server;

    private Ground(Path data, Optional<EmbeddedPostgres> server) {
        this.data = data;
        this.server = server;
    }

    /** @param data the gateway's folder, in which its file will be */
    static Ground of(Path data) throws IOException {
        String named = System.getProperty("chapar.test.database", "sqlite");
        return switch (named) {
            case "sqlite" -> new Ground(data, Optional.empty());
            case "postgresql" ->
                new Ground(
                        data,
                        Optional.of(EmbeddedPostgres.builder()
                                .setServerConfig("max_connections", "100")
                                .setServerConfig("fsync", "off")
                                .start()));
            default -> throw new IllegalArgumentException("chapar.test.database is sqlite or postgresql");
        };
    }

    /** What the gateway's setting says: nothing for its own file. */
    String url() {
        return server.map(postgres -> postgres.getJdbcUrl("postgres", "postgres"))
                .orElse("");
    }

    /** Until it is closed nobody else can write. */
    AutoCloseable away() throws SQLException {
        Connection other = connection();
        if (server.isPresent()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("lock table claim, message, event in exclusive mode");
            }
            return () -> {
                other.rollback();
                other.close();
            };
        }
        try (Statement statement = other.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin exclusive");
        }
        return () -> {
            try (Statement statement = other.createStatement()) {
                statement.execute("rollback");
            }
            other.close();
        };
    }

    /** Makes everything in the record older, by the database's clock. */
    void age(Duration by) throws SQLException {
        try (Connection other = connection();
                Statement statement = other.createStatement()) {
            if (server.isEmpty()) {
                statement.execute("pragma busy_timeout = 10000");
            }
            statement.executeUpdate("update event set recorded_at = recorded_at - " + by.toMillis() * 1_000);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(server.isPresent() ? url() : "jdbc:sqlite:" + data.resolve("chapar.db"));
    }

    @Override
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
