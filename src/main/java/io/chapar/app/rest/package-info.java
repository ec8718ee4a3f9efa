/** The REST door: everything under {@code /api/v1}. */
@NullMarked
package io.chapar.app.rest;

import org.jspecify.annotations.NullMarked;
