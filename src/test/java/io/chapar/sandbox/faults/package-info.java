@NullMarked
package io.chapar.sandbox.faults;

import org.jspecify.annotations.NullMarked;
