/**
 * What administrators see, and what each role may do there: users, roles, the operations that a role may call, and the
 * counters that a dashboard reads. Says nothing about how it is served.
 */
@NullMarked
package io.chapar.console;

import org.jspecify.annotations.NullMarked;
