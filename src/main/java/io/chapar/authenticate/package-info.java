/** The stage that decides which party is at the other end of the connection. */
@NullMarked
package io.chapar.authenticate;

import org.jspecify.annotations.NullMarked;
