/**
 * The append-only log: every recorded event becomes a leaf of a Merkle tree (RFC 6962, RFC 9162), whose signed
 * checkpoints let anyone prove that nothing was altered, dropped or moved.
 */
@NullMarked
package io.chapar.ledger;

import org.jspecify.annotations.NullMarked;
