package io.chapar.deliver;

import io.chapar.message.PartyCode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The channels of all receivers, each made when it is first asked for. */
public final class ReceiverChannels {

    private final Map<PartyCode, ReceiverChannel> channels = new ConcurrentHashMap<>();
    private final DeliveryLimits limits;
    private final Clock clock;
    private final BiConsumer<PartyCode, ReceiverChannel> made;
    private volatile boolean halted;

    /** @param made is shown every new channel, to make it visible to administrators */
    public ReceiverChannels(DeliveryLimits limits, Clock clock, BiConsumer<PartyCode, ReceiverChannel> made) {
        this.limits = limits;
        this.clock = clock;
        this.made = made;
    }

    public ReceiverChannel of(PartyCode receiver) {
        ReceiverChannel channel = channels.computeIfAbsent(receiver, code -> {
            ReceiverChannel fresh = new ReceiverChannel(code.value(), limits, clock);
            made.accept(code, fresh);
            return fresh;
        });
        if (halted) {
            channel.halt();
        }
        return channel;
    }

    public Map<PartyCode, ReceiverChannel> all() {
        return Map.copyOf(channels);
    }

    /** The gateway stops: whoever waits with a delivery in hand gives it back to the broker. */
    public void halt() {
        halted = true;
        channels.values().forEach(ReceiverChannel::halt);
    }
}
