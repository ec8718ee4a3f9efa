/** Copies of what a gateway must not lose, made while it runs, and laid down again. */
@NullMarked
package io.chapar.app.backup;

import org.jspecify.annotations.NullMarked;
