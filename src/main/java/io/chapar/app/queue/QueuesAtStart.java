package io.chapar.app.queue;

import io.chapar.app.broker.AmqpAccess;
import io.chapar.app.catalogue.CatalogueRefused;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The queues that were made at the start: a running process keeps them, and what takes from them, as they are. */
public final class QueuesAtStart {

    private final AmqpDoor door;
    private final List<Party> started;
    private final String everywhere;
    private final boolean sandbox;

    /**
     * @param started the parties with whom it started
     * @param everywhere the setting for all parties, or empty
     * @param sandbox whether this is one, where nothing needs to protect anybody
     */
    public QueuesAtStart(AmqpDoor door, Collection<Party> started, String everywhere, boolean sandbox) {
        this.door = door;
        this.started = List.copyOf(started);
        this.everywhere = everywhere;
        this.sandbox = sandbox;
    }

    /** @throws CatalogueRefused with what would stop a start with these parties, and what a running process cannot take up */
    public void check(Collection<Party> fresh) {
        List<String> complaints = new ArrayList<>(unlike(fresh));
        try {
            if (door.access().isPresent()) {
                Set<PartyCode> unused = QueueOwners.of(fresh, everywhere, sandbox);
            }
        } catch (IllegalStateException e) {
            complaints.add(Objects.requireNonNull(e.getMessage()));
        }
        CatalogueRefused.unless(complaints);
    }

    private List<String> unlike(Collection<Party> fresh) {
        Set<PartyCode> owners = door.access().map(AmqpAccess::owners).orElse(Set.of());
        Map<PartyCode, Party> now = fresh.stream().collect(Collectors.toMap(Party::code, Function.identity()));
        List<String> unlike = new ArrayList<>();
        for (Party party : started) {
            Party other = now.get(party.code());
            boolean same =
                    other != null && QueueOwners.said(other, everywhere).equals(QueueOwners.said(party, everywhere));
            if (owners.contains(party.code()) && !same) {
                unlike.add(party.code() + " has queues, which a running gateway keeps as they are: restart it");
            }
        }
        for (Party party : fresh) {
            if (party.channel() == Party.Channel.QUEUE && !owners.contains(party.code())) {
                unlike.add("the channel of " + party.code() + " is queue, and it has none before a restart");
            }
        }
        return unlike;
    }
}
