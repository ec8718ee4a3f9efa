/** Holds the code and the routes to the habits of this project; the build fails where one is left. */
@NullMarked
package io.chapar.habits;

import org.jspecify.annotations.NullMarked;
