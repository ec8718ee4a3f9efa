/** Files that are read again when they change while the gateway runs. */
@NullMarked
package io.chapar.app.reload;

import org.jspecify.annotations.NullMarked;
