/** Every sample of every exchange, in both formats, over every channel in and out: the matrix of what works. */
@NullMarked
package io.chapar.sandbox.matrix;

import org.jspecify.annotations.NullMarked;
