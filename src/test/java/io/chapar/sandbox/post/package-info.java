@NullMarked
package io.chapar.sandbox.post;

import org.jspecify.annotations.NullMarked;
