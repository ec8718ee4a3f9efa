/** Instances of our documents, made from their XSDs by a seeded generator, and what goes wrong with them. */
@NullMarked
package io.chapar.instances;

import org.jspecify.annotations.NullMarked;
