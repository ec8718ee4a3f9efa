/**
 * The words of the domain: the message and its states, parties, agreements, problems, receipts. Everything else speaks
 * in these words, so this package knows nothing but the JDK.
 */
@NullMarked
package io.chapar.message;

import org.jspecify.annotations.NullMarked;
