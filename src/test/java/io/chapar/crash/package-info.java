/** Kills the whole gateway again and again while agencies send, and holds what they saw against what it promised. */
@NullMarked
package io.chapar.crash;

import org.jspecify.annotations.NullMarked;
