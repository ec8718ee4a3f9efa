package io.chapar.app.routing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;

/**
 * Reads and starts the routes before any port is open. Camel itself would do it after the doors are open, and whoever came
 * in meanwhile would find nothing behind them.
 */
final class RoutesFirst implements SmartLifecycle {

    private final ApplicationContext context;
    private final ObjectProvider<CamelContext> camel;
    private final ObjectProvider<CamelSpringBootApplicationListener> reader;
    private final Runnable then;
    private volatile boolean running;

    /** @param then what else must be there before the doors are opened */
    RoutesFirst(
            ApplicationContext context,
            ObjectProvider<CamelContext> camel,
            ObjectProvider<CamelSpringBootApplicationListener> reader,
            Runnable then) {
        this.context = context;
        this.camel = camel;
        this.reader = reader;
        this.then = then;
    }

    @Override
    public void start() {
        portsMustBeFree();
        // What Camel does by itself when this event really comes; then it sees that all is done.
        reader.getObject().onApplicationEvent(new ContextRefreshedEvent(context));
        camel.getObject().start();
        then.run();
        running = true;
    }

    /**
     * The servers listen last of all. By then messages would be taken from queues and delivered, and a supervisor would have
     * the gateway do so again and again.
     */
    private void portsMustBeFree() {
        Environment settings = context.getEnvironment();
        InetAddress address = settings.getProperty("server.address", InetAddress.class);
        for (String port : List.of("server.port", "management.server.port")) {
            int number = settings.getProperty(port, Integer.class, 0);
            if (number > 0) {
                try (ServerSocket socket = new ServerSocket()) {
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(address, number));
                } catch (IOException e) {
                    throw new PortInUseException(number, e);
                }
            }
        }
    }

    /** Camel stops by itself, in its own order. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Long before the servers of both ports start to listen, which is near the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
