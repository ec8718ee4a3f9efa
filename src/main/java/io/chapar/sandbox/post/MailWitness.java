package io.chapar.sandbox.post;

/** Is told what agencies send and what the gateway says to it. */
public interface MailWitness {

    /** @param due {@link System#nanoTime} at which it was meant to go, which is what a measurement counts from */
    void sending(Letter letter, long due);

    /** The reply is there. */
    void answered(Letter letter, Reply reply, long due);

    /** The connection failed; whether it was accepted is not known. */
    void failed(Letter letter, String why);
}
