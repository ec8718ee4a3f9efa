package io.chapar.sandbox.faults;

import io.chapar.sandbox.benchmark.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the run's own, from the programs {@code initdb} and {@code pg_ctl} that are installed here. It listens on
 * the loopback only, and is gone with the run; its files stay.
 */
public final class InstalledPostgres implements DatabaseServer, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String CONTROL = "pg_ctl";
    private static final String INITIALISE = "initdb";

    /** PostgreSQL refuses to run as root. */
    private static final List<String> AS_NOBODY = List.of("runuser", "-u", "nobody", "--");

    private final Path folder;
    private final int port = GatewayProcess.freePort();
    private final Thread atTheLatest = new Thread(this::end, "faults-database");

    private InstalledPostgres(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes it and starts it.
     *
     * @param folder is made, and holds everything; as root, in one that others may enter
     * @throws IOException with what the program said; in particular when it is not installed
     */
    public static InstalledPostgres in(Path folder) throws IOException, InterruptedException {
        InstalledPostgres server = new InstalledPostgres(Files.createDirectories(folder));
        if (root()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        server.run(INITIALISE, "-U", "chapar", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions");
        server.start();
        Runtime.getRuntime().addShutdownHook(server.atTheLatest);
        return server;
    }

    /** As the setting {@code chapar.database.url}. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=chapar";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        run(
                CONTROL,
                "start",
                "-w",
                "-l",
                log().toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100");
    }

    /** With a full disk it may have ended before. */
    @Override
    public void kill() throws IOException {
        postmaster(folder).ifPresent(InstalledPostgres::killAll);
    }

    @Override
    public void hasRoomAgain() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!serves()) {
            Optional<ProcessHandle> first = postmaster(folder);
            if (first.isEmpty()) {
                start();
            } else {
                awaitEnd(first.get());
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("PostgreSQL does not serve although its disk has room; see " + log());
            }
        }
    }

    private boolean serves() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            // Not yet; whoever asks knows how long to go on.
            return false;
        }
    }

    /** A moment; less, if it ends. */
    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It goes on, or mends what it left.
        } catch (ExecutionException e) {
            throw new IllegalStateException("whether PostgreSQL ended is not known", e);
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    /** All its processes at once; returns when they are gone. */
    public static void killAll(ProcessHandle postmaster) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .join();
    }

    /** Its first process, which writes its id there. */
    public static Optional<ProcessHandle> postmaster(Path folder) throws IOException {
        Path file = folder.resolve("postmaster.pid");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        String found = Programs.find(program)
                .orElseThrow(
                        () -> new IOException("the program " + program + " is not on the PATH; it is PostgreSQL's"))
                .toString();
        List<String> command = Stream.of(
                        root() ? AS_NOBODY.stream() : Stream.<String>empty(),
                        Stream.of(found, "-D", folder.toString()),
                        Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
        Programs.run(command.get(0), command.subList(1, command.size()).toArray(String[]::new));
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What it held has been compared by then. */
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atTheLatest);
    }

    private void end() {
        try {
            postmaster(folder).ifPresent(InstalledPostgres::killAll);
        } catch (IOException e) {
            System.err.println("End the server on " + folder + " yourself: " + e.getMessage());
        }
    }
}
