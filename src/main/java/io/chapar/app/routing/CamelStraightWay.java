package io.chapar.app.routing;

import io.chapar.app.door.Defects;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.Passage;
import io.chapar.message.Passage.Arrived;
import io.chapar.message.Passage.Outcome;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/** Hands what arrived to the route of its exchange. */
final class CamelStraightWay implements StraightWay {

    private static final String NO_SUCH_EXCHANGE = "direct:unknown-exchange";

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final Catalogue catalogue;
    private final Consumer<List<Passage.Attachment>> discard;
    private final WorkLimit limit;
    private final Metrics metrics;
    private final Defects defects;

    /** @param discard gives up files that came with a message and to which the record does not refer */
    CamelStraightWay(
            CamelContext camel,
            ProducerTemplate template,
            Catalogue catalogue,
            Consumer<List<Passage.Attachment>> discard,
            WorkLimit limit,
            Metrics metrics,
            Defects defects) {
        this.camel = camel;
        this.defects = defects;
        this.template = template;
        this.catalogue = catalogue;
        this.discard = discard;
        this.limit = limit;
        this.metrics = metrics;
    }

    private static String entrance(String exchange) {
        return "direct:" + exchange;
    }

    /**
     * Else each message of such an exchange would be refused as a defect.
     *
     * @throws IllegalStateException if no route begins where messages of an exchange go in
     */
    static void mustLeadSomewhere(CamelContext camel, Catalogue catalogue) {
        Set<String> entrances = camel.getRoutes().stream()
                .filter(route -> camel.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .map(route -> route.getEndpoint()
                        .getEndpointUri()
                        .replaceFirst("^direct://", "")
                        .replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
        List<String> nowhere = catalogue.all().stream()
                .map(agreement -> agreement.exchange().exchange())
                .filter(exchange -> !entrances.contains(exchange))
                .distinct()
                .sorted()
                .toList();
        if (!nowhere.isEmpty()) {
            throw new IllegalStateException("chapar.routes: there are agreements for " + String.join(", ", nowhere)
                    + ", and no route that begins at " + entrance(nowhere.get(0)) + " and is started: put a file "
                    + nowhere.get(0) + ".camel.yaml beside each agreement, or correct the one that is there");
        }
    }

    /** Never throws for what a sender sent: whatever goes wrong is an outcome that says that nothing was accepted. */
    @Override
    public Outcome travel(Arrived arrived) {
        if (!camel.isStarted()) {
            return failed(arrived, Problem.of(ProblemCode.NOT_DURABLE, "The gateway is starting or stopping."));
        }
        // Only names of the catalogue become part of an endpoint's address.
        String entrance = catalogue.knows(arrived.exchange()) ? entrance(arrived.exchange()) : NO_SUCH_EXCHANGE;
        Exchange travelled = template.send(
                camel.getEndpoint(entrance),
                ExchangePattern.InOut,
                journey -> journey.getMessage().setBody(arrived));
        WorkLimit.end(travelled);
        Object end = travelled.getMessage().getBody();
        if (travelled.getException() == null && end instanceof Outcome outcome) {
            count(outcome);
            limit.learn(outcome);
            Luggage.giveUp(travelled, outcome, discard);
            return outcome;
        }
        Throwable failure = travelled.getException();
        return failed(
                arrived,
                defects.problem(
                        arrived,
                        failure == null ? new IllegalStateException("a journey without an outcome") : failure));
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Passage.Recorded recorded) {
            if (recorded.repeat()) {
                metrics.repeated(recorded.arrived().exchange());
            } else {
                metrics.accepted(recorded.arrived().exchange());
                recorded.receipt()
                        .deadline()
                        .ifPresent(
                                deadline -> metrics.deadline(recorded.arrived().exchange(), deadline.met()));
            }
        } else if (outcome instanceof Passage.Refused refused) {
            metrics.refused(refused.problem().code());
        }
    }

    private Outcome failed(Arrived arrived, Problem problem) {
        Passage.Refused refused = new Passage.Refused(arrived, problem, Optional.empty());
        count(refused);
        return refused;
    }
}
