/**
 * The database is the record: messages, claims on ids, deliveries, receipts and events, written in groups, one commit
 * for whatever arrived meanwhile. Nothing is told to anyone before it is in here.
 */
@NullMarked
package io.chapar.record;

import org.jspecify.annotations.NullMarked;
