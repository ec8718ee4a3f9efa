package io.chapar.app.routing;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;

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
        // What Camel does by itself when this event really comes; then it sees that all is done.
        reader.getObject().onApplicationEvent(new ContextRefreshedEvent(context));
        camel.getObject().start();
        then.run();
        running = true;
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
