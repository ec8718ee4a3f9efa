/** Whose signature it is, and whether it may be trusted. */
@NullMarked
package io.chapar.verify;

import org.jspecify.annotations.NullMarked;
