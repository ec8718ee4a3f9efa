/** The stage that gives each receiver exactly what it may see, in the form that it reads. */
@NullMarked
package io.chapar.transform;

import org.jspecify.annotations.NullMarked;
