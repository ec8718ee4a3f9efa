package io.chapar.attacks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;

/** An address that attacks name. It listens, and nobody may ever call. */
public final class Bait implements AutoCloseable {

    private final ServerSocketChannel listening;

    private Bait(ServerSocketChannel listening) {
        this.listening = listening;
    }

    public static Bait open() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return new Bait(channel);
    }

    public URI address() throws IOException {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.getLocalAddress()).getPort() + "/");
    }

    /** Whether anybody connected since it was opened or asked. */
    public boolean taken() throws IOException {
        return listening.accept() != null;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
