@NullMarked
package io.chapar.sandbox.play;

import org.jspecify.annotations.NullMarked;
