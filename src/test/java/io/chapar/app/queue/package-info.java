/** The door for AMQP, tried with a client that is not the broker's own. */
@NullMarked
package io.chapar.app.queue;

import org.jspecify.annotations.NullMarked;
