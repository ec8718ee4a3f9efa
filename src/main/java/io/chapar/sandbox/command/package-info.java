/** What can be told to the sandbox from a shell. */
@NullMarked
package io.chapar.sandbox.command;

import org.jspecify.annotations.NullMarked;
