/** Runs the situations that the exchanges' folders describe, over a real gateway with receiving agencies around it. */
@NullMarked
package io.chapar.scenario;

import org.jspecify.annotations.NullMarked;
