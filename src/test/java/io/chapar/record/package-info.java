/** The record, against both databases. */
@NullMarked
package io.chapar.record;

import org.jspecify.annotations.NullMarked;
