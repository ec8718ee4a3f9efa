/** What keeps the gateway from starting: found as early as it can be, and told in one line. */
@NullMarked
package io.chapar.app.start;

import org.jspecify.annotations.NullMarked;
