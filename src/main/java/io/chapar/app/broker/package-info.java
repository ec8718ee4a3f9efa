/**
 * The embedded broker, and what publishes to it. The broker is transport: it distributes, orders and pages delivery ids.
 * All that it could lose is in the record and is published again from there.
 */
@NullMarked
package io.chapar.app.broker;

import org.jspecify.annotations.NullMarked;
