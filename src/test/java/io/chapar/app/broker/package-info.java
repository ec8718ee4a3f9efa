@NullMarked
package io.chapar.app.broker;

import org.jspecify.annotations.NullMarked;
