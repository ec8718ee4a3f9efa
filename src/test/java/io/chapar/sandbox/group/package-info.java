@NullMarked
package io.chapar.sandbox.group;

import org.jspecify.annotations.NullMarked;
