/** The domain's words, held to what they promise. */
@NullMarked
package io.chapar.message;

import org.jspecify.annotations.NullMarked;
