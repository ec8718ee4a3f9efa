/** Forged, bent and honest signatures against the code that must tell them apart. */
@NullMarked
package io.chapar.trust;

import org.jspecify.annotations.NullMarked;
