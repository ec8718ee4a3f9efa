package io.chapar.app;

import org.springframework.context.SmartLifecycle;

/**
 * What is done first of all when the gateway stops: before routes and doors wait for what is in hand, so that nobody
 * waits in vain.
 */
final class FirstAtStop implements SmartLifecycle {

    private final Runnable stop;
    private volatile boolean running;

    FirstAtStop(Runnable stop) {
        this.stop = stop;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stop.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
