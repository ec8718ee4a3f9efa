package io.chapar.deliver;

/** One receiver's channel, as administrators see it. */
public interface ReceiverChannelMXBean {

    /** {@code OPEN}, {@code STOPPED} or {@code PAUSED}. */
    String getState();

    /** Why it stopped last; empty when it never did. */
    String getLastFailure();

    /** Since when it is in this state, in ISO 8601. */
    String getSince();

    /** Deliveries in hand that wait for it. */
    int getWaiting();

    /** Nothing is handed over until it is resumed; what is in hand stays in hand. */
    void pause();

    /** Ends a pause, and probes a stopped channel at once. */
    void resume();
}
