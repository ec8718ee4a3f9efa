/** The sending side of the simulated agencies: made-up people, documents, signatures and connections. */
@NullMarked
package io.chapar.sandbox.post;

import org.jspecify.annotations.NullMarked;
