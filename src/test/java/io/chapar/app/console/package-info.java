/** The people's port, over real TLS. */
@NullMarked
package io.chapar.app.console;

import org.jspecify.annotations.NullMarked;
