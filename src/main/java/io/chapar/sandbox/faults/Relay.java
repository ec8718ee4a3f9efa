package io.chapar.sandbox.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A line to a port of this machine, which can be cut, go silent, or become slow. */
final class Relay implements AutoCloseable {

    private enum State {
        WELL,
        SLOW,
        SILENT,
        CUT
    }

    private static final int CHUNK = 16 * 1024;

    /** Connections that are not taken yet. */
    private static final int WAITING = 50;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.WELL;
    private Duration delay = Duration.ZERO;

    /** At a port of its own. */
    Relay(int target) throws IOException {
        this(0, target);
    }

    Relay(int port, int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(port, WAITING, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Connections break, and new ones do as soon as they are made. */
    void cut() {
        become(State.CUT, Duration.ZERO);
        breakAll();
    }

    /** Nobody hears anything any more, and nobody is told. */
    void silence() {
        become(State.SILENT, Duration.ZERO);
    }

    /** @param each that whatever is sent waits */
    void slow(Duration each) {
        become(State.SLOW, each);
    }

    void mend() {
        lock.lock();
        try {
            boolean lost = state == State.SILENT;
            become(State.WELL, Duration.ZERO);
            if (lost) {
                // What was sent meanwhile is lost, so these connections can never be right again.
                breakAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void become(State next, Duration wait) {
        lock.lock();
        try {
            state = next;
            delay = wait;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket from = door.accept();
                open.add(from);
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(to);
                begin(() -> pass(from, to));
                begin(() -> pass(to, from));
            } catch (IOException e) {
                // Closed, or nobody is at the other end: whoever called is told by a connection that breaks.
                breakAll();
            }
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "faults-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read > 0 && mayPass(); read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            // One end is gone; the other is told by being closed.
            open.remove(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Waits as long as the line's state asks for; false when what was read is lost. */
    private boolean mayPass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = delay.toNanos();
            while (state == State.SLOW && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean lost = state == State.SILENT;
            while (state == State.SILENT) {
                changed.await();
            }
            return !lost && state != State.CUT;
        } finally {
            lock.unlock();
        }
    }

    private void breakAll() {
        open.forEach(Relay::close);
        open.clear();
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket does not close", e);
        }
    }

    @Override
    public void close() {
        close(door);
        breakAll();
    }
}
