/**
 * Hands deliveries to their receivers, and questions to those who can answer them. A receiver that cannot be reached
 * stops its own channel and nobody else's; a delivery is in the broker, in hand, or ended in the record, never nowhere.
 */
@NullMarked
package io.chapar.deliver;

import org.jspecify.annotations.NullMarked;
