/** What can be typed after the gateway's name instead of starting it. */
@NullMarked
package io.chapar.app.command;

import org.jspecify.annotations.NullMarked;
