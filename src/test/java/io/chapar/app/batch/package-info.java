@NullMarked
package io.chapar.app.batch;

import org.jspecify.annotations.NullMarked;
