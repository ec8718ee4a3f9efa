/** Steady traffic through several gateways that others start, stop and kill meanwhile, and what agencies notice of it. */
@NullMarked
package io.chapar.sandbox.group;

import org.jspecify.annotations.NullMarked;
