package io.chapar.app.routing;

import io.chapar.message.PartyCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Of which party more was refused lately than accepted. Of who is no party everything is refused. */
final class Doubts {

    /** By so many more: whoever tries out a few mistakes is not meant. */
    private static final int MANY = 50;

    /** More are not remembered, so that soon all is well again with who mends its ways. */
    private static final int MOST = 2 * MANY;

    private final Map<PartyCode, AtomicInteger> surplus = new ConcurrentHashMap<>();

    void refused(PartyCode party) {
        surplus.computeIfAbsent(party, first -> new AtomicInteger()).updateAndGet(before -> Math.min(MOST, before + 1));
    }

    void accepted(PartyCode party) {
        AtomicInteger known = surplus.get(party);
        if (known != null) {
            known.updateAndGet(before -> Math.max(0, before - 1));
        }
    }

    /** @param sender a party, or nobody */
    boolean about(Optional<PartyCode> sender) {
        return sender.isEmpty()
                || sender.map(surplus::get).filter(known -> known.get() > MANY).isPresent();
    }
}
