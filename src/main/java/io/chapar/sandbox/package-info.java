/**
 * Simulated agencies, so that the gateway can be tried out by someone who has none: they have keys, send, receive, answer
 * and misbehave when told to. They know the gateway only from outside, as real agencies do, and refuse to start in
 * production.
 */
@NullMarked
package io.chapar.sandbox;

import org.jspecify.annotations.NullMarked;
