/** The HTTP server beneath both ports: what one caller may take of it, so that the others are served. */
@NullMarked
package io.chapar.app.server;

import org.jspecify.annotations.NullMarked;
