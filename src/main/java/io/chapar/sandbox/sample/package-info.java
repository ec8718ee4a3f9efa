/** The samples of the exchanges, sent as if they were new. */
@NullMarked
package io.chapar.sandbox.sample;

import org.jspecify.annotations.NullMarked;
