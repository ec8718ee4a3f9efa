package io.chapar.sandbox.faults;

import java.io.IOException;

/** A database server that was started for nothing else than to be killed. */
public interface DatabaseServer {

    /** Ends it at once, without a chance to put anything in order. */
    void kill() throws IOException, InterruptedException;

    /** Starts it on what it left, at the same address. */
    void start() throws IOException, InterruptedException;

    /** Its disk was full, where it has one that can be filled, and has room again: returns when it serves. */
    default void hasRoomAgain() throws IOException, InterruptedException {}
}
