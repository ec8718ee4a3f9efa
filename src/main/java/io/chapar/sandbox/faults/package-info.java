/**
 * Breaks what can be broken on one machine while agencies send and receive, by a chance that can be repeated, and holds what
 * they saw against what the gateway promised.
 */
@NullMarked
package io.chapar.sandbox.faults;

import org.jspecify.annotations.NullMarked;
