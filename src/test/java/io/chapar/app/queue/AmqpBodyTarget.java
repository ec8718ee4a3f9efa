package io.chapar.app.queue;

import io.chapar.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;

/** The body of a message of a party's queue. */
public final class AmqpBodyTarget implements Target {

    @Override
    public void take(byte[] input) throws IOException {
        try (AmqpBody body = new AmqpBody(new ByteArrayInputStream(input))) {
            int carried = body.readAllBytes().length;
            Target.promise(carried <= input.length, "a body carries no more than it is");
            Target.promise(body.read() < 0, "what has ended stays so");
        } catch (EOFException cutOff) {
            Target.promise(cutOff.getMessage() == null || cutOff.getMessage().endsWith("early"), "it is cut off");
        }
    }
}
