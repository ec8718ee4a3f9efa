/** Reads agreements and parties, and refuses to start on anything that could not be enforced. */
@NullMarked
package io.chapar.app.catalogue;

import org.jspecify.annotations.NullMarked;
