package io.chapar.app.queue;

import io.chapar.app.broker.AmqpAccess;
import java.util.Optional;

/** How parties reach the broker from outside, if they do. */
public record AmqpDoor(Optional<AmqpAccess> access) {}
