package io.chapar.app.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's connections, of which one address has at most as many as are still free. Alone it may have half of all;
 * of any number of addresses that take what they can get, each leaves room for one more. Who is one too many is closed
 * before a handshake has cost anything; nobody who is connected is touched. The server makes this by its name.
 */
public final class EvenConnections extends Http11NioProtocol {

    public EvenConnections() {
        super(new Endpoint());
    }

    /** Whose addresses count as one: of IPv6 the first 64 bits, since whoever has one there has them all (RFC 6177). */
    static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
    }

    static boolean sameNetwork(@Nullable InetAddress one, @Nullable InetAddress other) {
        return one != null && other != null && network(one).equals(network(other));
    }

    private static final class Endpoint extends NioEndpoint {

        private static final Logger LOG = LoggerFactory.getLogger(EvenConnections.class);
        private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

        private long told = System.nanoTime() - BETWEEN_LINES.toNanos();

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            InetAddress from = socket.socket().getInetAddress();
            if (hasRoom(from)) {
                return super.setSocketOptions(socket);
            }
            tell();
            destroySocket(socket);
            return false;
        }

        private boolean hasRoom(InetAddress from) {
            int most = getMaxConnections();
            int open = connections.size();
            int free = most - open;
            // While less than half is taken nobody can have as many, and nothing is counted.
            return most < 0
                    || open < free
                    || connections.keySet().stream()
                                    .filter(each ->
                                            sameNetwork(from, each.socket().getInetAddress()))
                                    .limit(Math.max(free, 0))
                                    .count()
                            < free;
        }

        /** One thread takes connections up, so the last line needs no lock. */
        private void tell() {
            if (System.nanoTime() - told >= BETWEEN_LINES.toNanos()) {
                told = System.nanoTime();
                LOG.warn(
                        "connections to port {} are refused: one address has as many as are still free of {}",
                        getPort(),
                        getMaxConnections());
            }
        }
    }
}
