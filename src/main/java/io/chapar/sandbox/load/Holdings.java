package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What receivers hold. */
public interface Holdings {

    /** Who was given this message. */
    Set<PartyCode> of(UUID messageId);

    /** What must not have happened, in words: above all, a content that is not the one of its message. */
    List<String> wrong();
}
