/** The ledger's arithmetic, against published figures. */
@NullMarked
package io.chapar.ledger;

import org.jspecify.annotations.NullMarked;
