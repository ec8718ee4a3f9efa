package io.chapar.schema;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Following;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A query with these entitlements, and a caller. */
final class EntitledFixture {

    private EntitledFixture() {}

    static Fields visible(List<Entitlement> entitlements, String caller, Fields answer) {
        Agreement agreement = new Agreement(
                new ExchangeVersion("person-lookup", "1.0"),
                "lookup",
                Agreement.Pattern.QUERY,
                List.of(27),
                Agreement.Basis.ASSUMPTION,
                LocalDate.EPOCH,
                Optional.empty(),
                "nobody",
                Optional.empty(),
                Set.of(caller),
                List.of(),
                Set.of(),
                entitlements,
                false,
                List.of(),
                List.of(),
                4,
                Agreement.Classification.NORMAL,
                Period.ofYears(1),
                Agreement.OnPark.WAIT,
                new Agreement.Attachments(Set.of(), 0),
                false,
                Following.NONE,
                Path.of("routes"));
        Party party = new Party(
                new PartyCode(caller),
                caller,
                Set.of(),
                List.of(),
                List.of(),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                true);
        return Entitled.visible(agreement, party, answer);
    }
}
