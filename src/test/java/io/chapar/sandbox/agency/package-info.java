@NullMarked
package io.chapar.sandbox.agency;

import org.jspecify.annotations.NullMarked;
