package io.chapar.verify;

import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.XmlSignatures;

public final class Verify implements Stage<Passage.Authenticated, Passage.Verified> {

    public Verify(
            PartyDirectory directory,
            CertificatePaths paths,
            XmlSignatures xml,
            EnvelopeSignatures envelopes,
            JsonSignatures json) {}

    @Override
    public Passage.Verified apply(Passage.Authenticated authenticated) throws Refusal {
        throw new UnsupportedOperationException();
    }
}
