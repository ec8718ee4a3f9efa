/** The clocks: when a legal term ends, and whether a message came before it. */
@NullMarked
package io.chapar.deadline;

import org.jspecify.annotations.NullMarked;
