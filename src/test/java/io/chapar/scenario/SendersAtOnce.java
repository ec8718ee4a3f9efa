package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.load.Holdings;
import io.chapar.sandbox.load.OwnId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What receivers hold of the border crossings, births and registrations that many send at once. */
record SendersAtOnce(Arrivals arrivals, Set<UUID> sent) implements Holdings {

    private static final List<PartyCode> RECEIVERS =
            Stream.of("SMS", "SPR", "MJ", "MFA", "MLSPP").map(PartyCode::new).toList();

    @Override
    public Set<PartyCode> of(UUID messageId) {
        sent.add(messageId);
        return RECEIVERS.stream()
                .filter(party ->
                        !arrivals.of(party.value(), messageId.toString()).isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> wrong() {
        return sent.stream()
                .flatMap(id -> RECEIVERS.stream()
                        .flatMap(party -> arrivals.of(party.value(), id.toString()).values().stream()))
                .map(OwnId::fault)
                .flatMap(Optional::stream)
                .toList();
    }
}
