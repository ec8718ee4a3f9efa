package io.chapar.app.broker;

import io.chapar.message.Dispatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is parked, held or let go leaves its queue, and comes again when it is sent again or its turn has come. */
public final class ComingAgain implements Consumer<Dispatch.Ended> {

    private static final Logger LOG = LoggerFactory.getLogger(ComingAgain.class);

    private final Broker broker;

    public ComingAgain(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void accept(Dispatch.Ended ended) {
        if (!(ended instanceof Dispatch.Parked)
                && !(ended instanceof Dispatch.Held)
                && !(ended instanceof Dispatch.LetGo)) {
            return;
        }
        try {
            broker.admitAgain(ended.due().receiver(), ended.due().deliveryId());
        } catch (RuntimeException e) {
            // The broker is away. It will refuse the id as a double, and then record and broker are compared.
            LOG.debug("a delivery id stays among those that the broker refuses", e);
        }
    }
}
