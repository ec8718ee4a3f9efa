/**
 * Makes attacks on signatures and parsers out of a valid signed message, class by class, so that each exchange of the
 * catalogue gets them all. The classes follow what the public suites cover; none of their files is used.
 */
@NullMarked
package io.chapar.attacks;

import org.jspecify.annotations.NullMarked;
