package io.chapar.app.routing;

import io.chapar.message.Dispatch;
import io.chapar.message.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A delivery that a stage of ours refuses is parked, for an administrator to look at; others go on. */
final class Park implements Processor {

    private static final int RECEIVER_WAS_NOT_ASKED = 0;

    @Override
    public void process(Exchange camelExchange) {
        Dispatch dispatch = (Dispatch) camelExchange.getMessage().getBody();
        Refusal refusal = camelExchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refusal.class);
        camelExchange
                .getMessage()
                .setBody(new Dispatch.Parked(
                        dispatch.due(),
                        RECEIVER_WAS_NOT_ASKED,
                        refusal.problem().code().code(),
                        refusal.problem().detail()));
    }
}
