/** The stage that proves that a signature covers exactly what is used from there on, and whose signature it is. */
@NullMarked
package io.chapar.verify;

import org.jspecify.annotations.NullMarked;
