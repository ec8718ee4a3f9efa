/** Puts load on a gateway of its own and holds its promises about pressure, isolation and memory against what came of it. */
@NullMarked
package io.chapar.sandbox.load;

import org.jspecify.annotations.NullMarked;
