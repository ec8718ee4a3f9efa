@NullMarked
package io.chapar.authenticate;

import org.jspecify.annotations.NullMarked;
