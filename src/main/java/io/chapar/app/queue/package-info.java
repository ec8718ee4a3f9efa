/** The door for AMQP: from a party's own queue to the straight way, and answers and deliveries into its other one. */
@NullMarked
package io.chapar.app.queue;

import org.jspecify.annotations.NullMarked;
