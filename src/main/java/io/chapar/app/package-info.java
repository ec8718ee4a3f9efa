/** Puts the parts together: Spring Boot, settings, Camel's wiring. Knows everyone, and nobody knows it. */
@NullMarked
package io.chapar.app;

import org.jspecify.annotations.NullMarked;
