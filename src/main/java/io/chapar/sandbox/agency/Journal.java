package io.chapar.sandbox.agency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A file that only grows. What was appended is on the disk when the returned future completes; whatever arrives
 * meanwhile shares one fsync.
 */
final class Journal implements AutoCloseable {

    private record Entry(byte[] bytes, CompletableFuture<Void> durable) {}

    private static final Entry END = new Entry(new byte[0], new CompletableFuture<>());

    private final BlockingQueue<Entry> arriving = new LinkedBlockingQueue<>();
    private final FileChannel file;
    private final Thread writer;

    private Journal(FileChannel file, String name) {
        this.file = file;
        this.writer = new Thread(this::write, "sandbox-" + name);
        this.writer.setDaemon(true);
        this.writer.start();
    }

    /** Opens it for appending after its first {@code length} bytes; what a crash left behind them is cut off. */
    static Journal open(Path path, long length) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(length);
            file.position(length);
            return new Journal(file, path.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write " + path, e);
        }
    }

    /** What was written before; empty when there is no file yet. */
    static byte[] read(Path path) {
        try {
            return Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot read " + path, e);
        }
    }

    CompletableFuture<Void> append(byte[] bytes) {
        Entry entry = new Entry(bytes, new CompletableFuture<>());
        arriving.add(entry);
        return entry.durable();
    }

    private void write() {
        List<Entry> group = new ArrayList<>();
        try {
            while (true) {
                group.clear();
                group.add(arriving.take());
                arriving.drainTo(group);
                boolean last = group.contains(END);
                commit(group);
                if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(List<Entry> group) {
        try {
            int size = group.stream().mapToInt(entry -> entry.bytes().length).sum();
            ByteBuffer bytes = ByteBuffer.allocate(size);
            group.forEach(entry -> bytes.put(entry.bytes()));
            bytes.flip();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
            group.forEach(entry -> entry.durable().complete(null));
        } catch (IOException e) {
            group.forEach(entry -> entry.durable().completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        arriving.add(END);
        try {
            writer.join();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot close its file", e);
        }
    }
}
