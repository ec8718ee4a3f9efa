/** The stage that holds a document to the exchange it was sent to, to its schema and to the rules beside the schema. */
@NullMarked
package io.chapar.validate;

import org.jspecify.annotations.NullMarked;
