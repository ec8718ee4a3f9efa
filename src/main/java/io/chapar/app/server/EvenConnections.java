package io.chapar.app.server;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
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

    /** Of IPv6 the first 64 bits count: whoever has one address there has them all (RFC 6177). */
    static boolean sameNetwork(@Nullable InetAddress one, @Nullable InetAddress other) {
        if (one == null || other == null) {
            return false;
        }
        byte[] ones = one.getAddress();
        byte[] others = other.getAddress();
        int bytes = ones.length == 16 ? 8 : ones.length;
        return ones.length == others.length && Arrays.equals(ones, 0, bytes, others, 0, bytes);
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
            tell(from);
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
        private void tell(InetAddress from) {
            if (System.nanoTime() - told >= BETWEEN_LINES.toNanos()) {
                told = System.nanoTime();
                LOG.warn(
                        "connections to port {} are refused: {} has as many as are still free of {}",
                        getPort(),
                        from.getHostAddress(),
                        getMaxConnections());
            }
        }
    }
}
