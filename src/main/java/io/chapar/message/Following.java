package io.chapar.message;

import java.util.Optional;

/**
 * What an agreement says of what follows.
 *
 * @param obligation what must follow its messages
 * @param assigns pointer to the identification number that its messages assign in their conversation
 */
public record Following(Optional<Obligation> obligation, Optional<String> assigns) {
    public static final Following NONE = new Following(Optional.empty(), Optional.empty());
}
