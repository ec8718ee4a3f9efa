package io.chapar.scenario;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
        Connection other =
                DriverManager.getConnection(server.isPresent() ? url() : "jdbc:sqlite:" + data.resolve("chapar.db"));
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

    @Override
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
