package io.chapar.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;

/**
 * Where the record lies: SQLite in the data folder, or PostgreSQL. Whoever writes takes a connection of its own from
 * {@link #openWriter()}; whoever only reads takes one of a few from {@link #readers()}.
 */
public final class Database implements AutoCloseable {

    private static final int READERS = 4;
    private static final int BUSY_MILLISECONDS = 5_000;
    private static final int SQLITE_PAGE = 4_096;
    static final String SQLITE = "jdbc:sqlite:";
    static final long LONGEST_LOG = 128L << 20;
    private static final String SQLITE_NOW = "cast((julianday('now') - 2440587.5) * 86400000000.0 as integer)";
    private static final String POSTGRES_NOW = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

    private final String url;
    private final boolean sqlite;
    private final HikariDataSource readers;
    private final Tenure tenure = new Tenure();
    private volatile int carrier;

    private Database(String url, boolean sqlite) {
        this.url = url;
        this.sqlite = sqlite;
        this.readers = readers(url, sqlite);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws TablesMissing when some are gone that were made before
     */
    public static Database open(String url, Path dataFolder) throws IOException {
        if (url.isBlank()) {
            mustBeReadable(dataFolder);
        }
        Database database = existing(url, dataFolder);
        try {
            database.migrate();
            TablesMissing.check(database);
        } catch (RuntimeException | IOException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** The pool of readers would try again and again for ten seconds what never becomes readable. */
    private static void mustBeReadable(Path dataFolder) throws IOException {
        Files.createDirectories(dataFolder);
        try (Connection connection = DriverManager.getConnection(
                        fileUrl(dataFolder), sqliteSettings().toProperties());
                Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from sqlite_master");
        } catch (SQLException e) {
            throw new IOException("the database in " + dataFolder + " cannot be read", e);
        }
    }

    private static String fileUrl(Path dataFolder) {
        return SQLITE + dataFolder.resolve("chapar.db").toAbsolutePath();
    }

    /** Opens the database beside a running gateway, and changes nothing of it. */
    public static Database existing(String url, Path dataFolder) throws IOException {
        if (!url.isBlank()) {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "chapar.database.url must begin with jdbc:postgresql: or be empty for SQLite");
            }
            return new Database(url, false);
        }
        Files.createDirectories(dataFolder);
        return new Database(fileUrl(dataFolder), true);
    }

    /**
     * Copies the record as it is at one moment, while gateways go on; only SQLite, whose record is one file.
     *
     * @param file that is not there yet; it is on the disk when this returns
     */
    public void copyTo(Path file) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(url, sqliteSettings().toProperties());
                PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, file.toAbsolutePath().toString());
            copy.execute();
        } catch (SQLException e) {
            throw new IOException("the record cannot be copied to " + file, e);
        }
        DurableCopy.force(file);
    }

    public boolean sqlite() {
        return sqlite;
    }

    /** For whoever commits; PostgreSQL cuts its own. */
    Optional<WriteAheadLog> log() {
        return sqlite
                ? Optional.of(
                        new WriteAheadLog(Path.of(url.substring(SQLITE.length())), LONGEST_LOG, Duration.ofSeconds(1)))
                : Optional.empty();
    }

    /** The expression for the time by the database's own clock, in microseconds since 1970. */
    String now() {
        return now(sqlite);
    }

    static String now(boolean sqlite) {
        return sqlite ? SQLITE_NOW : POSTGRES_NOW;
    }

    /** The number of the transport by which this node's deliveries go; 0 is the one that all share. */
    int carrier() {
        return carrier;
    }

    void carriedBy(int number) {
        carrier = number;
    }

    /** How long this node has its place among those that share the database. */
    Tenure tenure() {
        return tenure;
    }

    public DataSource readers() {
        return readers;
    }

    /** One of the {@link #readers()}, for counting: an answer may take long, and say nothing until it is complete. */
    Connection counter() throws SQLException {
        Connection connection = readers.getConnection();
        if (!sqlite) {
            // The pool sets it back.
            connection.setNetworkTimeout(Runnable::run, (int) Postgres.COUNTING.toMillis());
        }
        return connection;
    }

    /** A new connection for writing, in explicit transactions. */
    public Connection openWriter() throws SQLException {
        Connection connection = DriverManager.getConnection(url, sqlite ? sqliteWriter() : Postgres.writer());
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * A connection for locks that last as long as it does: the server ends it when its holder says nothing for a while.
     * Only with PostgreSQL.
     */
    Connection openHolder() throws SQLException {
        return DriverManager.getConnection(url, Postgres.holder(Postgres.LAPSE));
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .placeholders(Map.of(
                        "now", now(),
                        "bytes", sqlite ? "blob" : "bytea",
                        "clustered", sqlite ? "without rowid" : ""))
                .load()
                .migrate();
        if (sqlite) {
            try (Connection connection = openWriter()) {
                connection.commit();
            } catch (SQLException e) {
                throw new NotRecorded("the database in the data folder cannot be opened for writing", e);
            }
        }
    }

    private static Properties sqliteWriter() {
        SQLiteConfig config = sqliteSettings();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        // The driver begins the next transaction right after a commit: an immediate one would lock the file while idle.
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-65536");
        return config.toProperties();
    }

    private static SQLiteConfig sqliteSettings() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.setPageSize(SQLITE_PAGE);
        return config;
    }

    private static HikariDataSource readers(String url, boolean sqlite) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setPoolName("chapar-readers");
        config.setMaximumPoolSize(sqlite ? READERS : READERS * 2);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY_MILLISECONDS);
        config.setInitializationFailTimeout(-1);
        config.setDataSourceProperties(sqlite ? sqliteSettings().toProperties() : Postgres.reader());
        if (sqlite) {
            // The file is opened for writing, because a reader of the write-ahead log may have to make its index.
            config.setConnectionInitSql("pragma query_only = true");
        } else {
            config.setReadOnly(true);
        }
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        readers.close();
    }
}
