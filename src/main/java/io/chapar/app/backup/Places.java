package io.chapar.app.backup;

import java.nio.file.Path;

/**
 * Where a gateway keeps what it must not lose.
 *
 * @param data its data folder, with the record if that is a file
 */
public record Places(Path data, Path attachments, Path batches, Path keys) {

    static final String RECORD = "chapar.db";
    static final String ATTACHMENTS = "attachments";
    static final String BATCHES = "batches";
    static final String CHECKPOINT = "checkpoint";
}
