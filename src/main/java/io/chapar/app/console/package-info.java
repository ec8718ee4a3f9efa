/** Serves the people's port: who logs in, what is shown to whom, and where. */
@NullMarked
package io.chapar.app.console;

import org.jspecify.annotations.NullMarked;
