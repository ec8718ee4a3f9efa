package io.chapar.sandbox.faults;

import io.chapar.message.Agreement;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who there is, and what is agreed on. */
public record World(Collection<Agreement> agreements, Collection<Party> parties) {

    public List<Agencies.Seat> seats() {
        return parties.stream()
                .filter(party -> !party.code().equals(PartyCode.CHAPAR))
                .map(Agencies.Seat::of)
                .toList();
    }

    Map<PartyCode, Party.Channel> channels() {
        return parties.stream().collect(Collectors.toMap(Party::code, Party::channel));
    }
}
