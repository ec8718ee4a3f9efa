package io.chapar.app.command;

import io.chapar.sandbox.faults.DatabaseServer;
import io.chapar.sandbox.faults.InstalledPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL that loses all its processes at once, and starts again on the files that they left. */
final class KilledPostgres implements DatabaseServer, AutoCloseable {

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    KilledPostgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "100")
                .start();
        this.port = server.getPort();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void kill() throws IOException {
        InstalledPostgres.killAll(
                InstalledPostgres.postmaster(folder).orElseThrow(() -> new IOException("no server runs on " + folder)));
        // Nobody is there to be stopped any more; this gives back the lock on the folder.
        server.close();
    }

    @Override
    public void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "100")
                .setPort(port)
                .start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
