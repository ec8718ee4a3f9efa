package io.chapar.app.routing;

import io.chapar.message.Agreement;
import io.chapar.message.Passage;
import io.chapar.message.Stage;

/** Ends the journey of a message whose sender only wanted to know whether it would be accepted. */
final class Check implements Stage<Passage.Authorised, Passage> {

    @Override
    public Passage apply(Passage.Authorised authorised) {
        if (!authorised.arrived().validateOnly()) {
            return authorised;
        }
        return new Passage.Checked(
                authorised.arrived(),
                authorised.header().messageId(),
                authorised.header().exchange(),
                authorised.receivers().stream().map(Agreement.Receiver::party).toList());
    }
}
