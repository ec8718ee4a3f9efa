/** Large attachments, through a whole gateway with little memory. */
@NullMarked
package io.chapar.attachments;

import org.jspecify.annotations.NullMarked;
