/**
 * The only code that touches keys, certificate paths, signatures and parsers of what strangers send. It trusts no
 * library's verdict: what is handed on is what was verified, byte for byte.
 */
@NullMarked
package io.chapar.trust;

import org.jspecify.annotations.NullMarked;
