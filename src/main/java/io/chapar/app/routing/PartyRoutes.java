package io.chapar.app.routing;

import io.chapar.app.broker.Broker;
import io.chapar.app.broker.PartyQueues;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import java.util.Comparator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** The routes that each party has for itself. Without one of them deliveries would wait unseen. */
final class PartyRoutes {

    private final CamelContext camel;
    private final PartyDirectory parties;
    private final Broker broker;

    PartyRoutes(CamelContext camel, PartyDirectory parties, Broker broker) {
        this.camel = camel;
        this.parties = parties;
        this.broker = broker;
    }

    void add() {
        // Two for each party that has queues of its own: what it acknowledges does not wait behind its messages.
        broker.owners().stream().sorted(Comparator.naturalOrder()).forEach(code -> {
            fromQueue("from-queue-" + code.value(), code, PartyQueues.in(code));
            fromQueue("acknowledgements-" + code.value(), code, PartyQueues.acknowledgements(code));
        });
        parties.all().stream()
                .map(Party::code)
                .filter(code -> !code.equals(PartyCode.CHAPAR))
                .sorted(Comparator.naturalOrder())
                .forEach(code -> TemplatedRouteBuilder.builder(camel, "deliver")
                        .routeId("deliver-" + code.value())
                        .parameter("party", code.value())
                        .add());
    }

    private void fromQueue(String id, PartyCode party, String queue) {
        TemplatedRouteBuilder.builder(camel, "from-queue")
                .routeId(id)
                .parameter("party", party.value())
                .parameter("queue", queue)
                .add();
    }
}
