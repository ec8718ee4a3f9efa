@NullMarked
package io.chapar.deliver;

import org.jspecify.annotations.NullMarked;
