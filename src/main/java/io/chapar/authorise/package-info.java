/** The stage that allows only what an agreement allows, and denies what the law forbids. */
@NullMarked
package io.chapar.authorise;

import org.jspecify.annotations.NullMarked;
