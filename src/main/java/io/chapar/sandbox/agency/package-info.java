/** The receiving side of the simulated agencies: what they check, remember, answer and acknowledge. */
@NullMarked
package io.chapar.sandbox.agency;

import org.jspecify.annotations.NullMarked;
