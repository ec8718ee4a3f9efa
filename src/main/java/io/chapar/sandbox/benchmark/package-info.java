/** Measures a running gateway from a process of its own. It measures and compares; it never passes or fails. */
@NullMarked
package io.chapar.sandbox.benchmark;

import org.jspecify.annotations.NullMarked;
