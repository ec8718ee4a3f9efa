package io.chapar.authorise;

import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.time.Clock;

/** Allows only what an agreement allows, and denies what the law forbids. */
public final class Authorise implements Stage<Passage.Validated, Passage.Authorised> {

    private final Catalogue catalogue;
    private final PartyDirectory parties;
    private final Clock clock;

    public Authorise(Catalogue catalogue, PartyDirectory parties, Clock clock) {
        this.catalogue = catalogue;
        this.parties = parties;
        this.clock = clock;
    }

    @Override
    public Passage.Authorised apply(Passage.Validated passage) throws Refusal {
        throw new UnsupportedOperationException(catalogue.toString() + parties + clock + passage);
    }
}
