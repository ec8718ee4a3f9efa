package io.chapar.sandbox.play;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says how far a run is: one line that changes on a terminal, a line every few seconds elsewhere. */
final class Progress implements AutoCloseable {

    private static final int ON_TERMINAL_MILLIS = 500;
    private static final int ELSEWHERE_MILLIS = 5000;

    private final Tally tally;
    private final long planned;
    private final PrintStream out;
    private final boolean terminal;
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService timer;

    Progress(Tally tally, long planned, PrintStream out, boolean terminal) {
        this.tally = tally;
        this.planned = planned;
        this.out = out;
        this.terminal = terminal;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sandbox-progress");
            thread.setDaemon(true);
            return thread;
        });
        int every = terminal ? ON_TERMINAL_MILLIS : ELSEWHERE_MILLIS;
        var unused = timer.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
    }

    /** Whether standard output is a terminal; {@code System.console()} says yes without one since Java 22. */
    static boolean onTerminal() {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return output.startsWith("/dev/pts") || output.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void show() {
        String line = String.format(
                Locale.ROOT,
                "%4d s  sent %,d of about %,d  accepted %,d  refused %,d  delivered %,d  acknowledged %,d",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                tally.total(Tally.Row::sent),
                planned,
                tally.total(Tally.Row::accepted),
                tally.total(Tally.Row::refused),
                tally.total(Tally.Row::delivered),
                tally.total(Tally.Row::acknowledged));
        out.print(terminal ? "\r" + line : line + System.lineSeparator());
        out.flush();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        show();
        if (terminal) {
            out.println();
        }
    }
}
