/** What a document may say: every exchange's XSD and JSON Schema, compiled once, and the binding that shows them to say the same. */
@NullMarked
package io.chapar.schema;

import org.jspecify.annotations.NullMarked;
