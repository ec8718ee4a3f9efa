@NullMarked
package io.chapar.sandbox.benchmark;

import org.jspecify.annotations.NullMarked;
