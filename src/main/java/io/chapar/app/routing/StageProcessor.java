package io.chapar.app.routing;

import io.chapar.message.Dispatch;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A stage as a step of a route. The body is the message's state: a stage gets the state that it takes, or the route is
 * wrong and the message goes no further. A journey that has ended passes all later stages untouched.
 */
public final class StageProcessor<I, O> implements Processor {

    private final Class<I> takes;
    private final Stage<I, O> stage;
    private final BiConsumer<Exchange, O> noted;

    public StageProcessor(Class<I> takes, Stage<I, O> stage) {
        this(takes, stage, (camelExchange, state) -> {});
    }

    /** @param noted is shown each new state */
    StageProcessor(Class<I> takes, Stage<I, O> stage, BiConsumer<Exchange, O> noted) {
        this.takes = takes;
        this.stage = stage;
        this.noted = noted;
    }

    @Override
    public void process(Exchange camelExchange) throws Refusal {
        Object state = camelExchange.getMessage().getBody();
        if (takes.isInstance(state)) {
            O next = stage.apply(takes.cast(state));
            noted.accept(camelExchange, next);
            camelExchange.getMessage().setBody(next);
        } else if (!(state instanceof Passage.Outcome) && !(state instanceof Dispatch.Ended)) {
            throw new IllegalStateException("the route " + camelExchange.getFromRouteId() + " gives "
                    + (state == null ? "nothing" : state.getClass().getSimpleName()) + " to a stage that takes "
                    + takes.getSimpleName());
        }
    }
}
