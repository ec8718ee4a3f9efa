/** Several gateways on one database. */
@NullMarked
package io.chapar.nodes;

import org.jspecify.annotations.NullMarked;
