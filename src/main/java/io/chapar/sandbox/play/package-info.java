/** A morning of made-up traffic, with its progress and its summary. */
@NullMarked
package io.chapar.sandbox.play;

import org.jspecify.annotations.NullMarked;
