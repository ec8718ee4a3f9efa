/** The first stage: whether what came through a door is readable in principle. */
@NullMarked
package io.chapar.accept;

import org.jspecify.annotations.NullMarked;
