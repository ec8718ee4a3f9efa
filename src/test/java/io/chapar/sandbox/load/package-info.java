@NullMarked
package io.chapar.sandbox.load;

import org.jspecify.annotations.NullMarked;
