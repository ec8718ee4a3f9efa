/** Bytes from strangers, made by a fuzzer that is guided by coverage: what each parser and verifier must do with any of them. */
@NullMarked
package io.chapar.fuzz;

import org.jspecify.annotations.NullMarked;
