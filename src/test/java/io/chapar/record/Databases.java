package io.chapar.record;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** A new, empty database of either kind: a copy of one whose tables were made once. */
enum Databases {
    SQLITE {
        @Override
        String url() {
            return "";
        }

        @Override
        Database open(Path folder) throws IOException {
            Path file = folder.resolve(File.NAME);
            if (Files.notExists(file)) {
                Files.createDirectories(folder);
                Files.write(file, File.TEMPLATE);
            }
            return super.open(folder);
        }
    },
    POSTGRESQL {
        @Override
        String url() {
            return Server.fresh(" template " + Server.TEMPLATE);
        }
    };

    /** The URL of a new database; empty for SQLite, whose file is in the data folder. */
    abstract String url();

    Database open(Path folder) throws IOException {
        return Database.existing(url(), folder);
    }

    /** The URL of a PostgreSQL database in which nothing is. */
    static String withoutTables() {
        return Server.fresh("");
    }

    private static final class File {
        static final String NAME = "chapar.db";
        static final byte[] TEMPLATE = made();

        private static byte[] made() {
            try {
                Path folder = Files.createTempDirectory("template");
                Database.open("", folder).close();
                byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
                FileSystemUtils.deleteRecursively(folder);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();
        static final String TEMPLATE = made();

        static String fresh(String how) {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            create(name + how);
            return POSTGRES.getJdbcUrl("postgres", name);
        }

        static void create(String what) {
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("create database " + what);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String made() {
            create("migrated");
            try {
                Path folder = Files.createTempDirectory("template");
                Database.open(POSTGRES.getJdbcUrl("postgres", "migrated"), folder)
                        .close();
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return "migrated";
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        // nobody pulls this one's plug
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
