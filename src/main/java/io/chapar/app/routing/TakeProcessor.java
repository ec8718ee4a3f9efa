package io.chapar.app.routing;

import io.chapar.deliver.Take;
import io.chapar.message.Dispatch;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Where a delivery leaves the broker: its id becomes what the record knows of it, or the route ends here. */
final class TakeProcessor implements Processor {

    private final Take take;

    TakeProcessor(Take take) {
        this.take = take;
    }

    @Override
    public void process(Exchange camelExchange) {
        Optional<Dispatch> taken = take.apply(camelExchange.getMessage().getBody(String.class));
        if (taken.isPresent()) {
            camelExchange.getMessage().setBody(taken.get());
        } else {
            camelExchange.setRouteStop(true);
        }
    }
}
