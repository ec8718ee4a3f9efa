package io.chapar.authenticate;

import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.trust.CertificatePaths;

public final class Authenticate implements Stage<Passage.Accepted, Passage.Authenticated> {

    public Authenticate(PartyDirectory directory, CertificatePaths paths) {}

    @Override
    public Passage.Authenticated apply(Passage.Accepted accepted) throws Refusal {
        throw new UnsupportedOperationException();
    }
}
