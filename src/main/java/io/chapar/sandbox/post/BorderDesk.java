package io.chapar.sandbox.post;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Writes down who crosses the border. Whoever has entered leaves some time later, under the same ordering key. */
final class BorderDesk extends Desk {

    private static final List<String> CHECKPOINTS = List.of(
            "baku-airport",
            "baku-airport",
            "baku-airport",
            "red-bridge",
            "samur",
            "astara",
            "bilasuvar",
            "sadikhli",
            "yalama",
            "baku-seaport",
            "ganja-airport",
            "boyuk-kesik");

    private static final int MOST_INSIDE = 400;
    private static final int LEAST_INSIDE = 50;

    private record Crossing(String key, Map<String, Object> traveller, Map<String, Object> document) {}

    private final Deque<Crossing> inside = new ArrayDeque<>();

    BorderDesk(RandomGenerator random, Clock clock) {
        super(random, clock);
    }

    Draft crossing() {
        boolean exit = inside.size() >= MOST_INSIDE || (inside.size() > LEAST_INSIDE && random.nextBoolean());
        Crossing crossing = exit ? inside.removeFirst() : arrival();
        if (!exit) {
            inside.addLast(crossing);
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("direction", exit ? "exit" : "entry");
        content.put("crossedAt", Header.moment(clock.instant()));
        content.put("checkpoint", people.one(CHECKPOINTS));
        content.put("traveller", crossing.traveller());
        content.put("travelDocument", crossing.document());
        return draft("border-crossing", "SBS", Optional.of(crossing.key()), Optional.empty(), content, List.of());
    }

    private Crossing arrival() {
        Map<String, Object> traveller = people.traveller();
        boolean stateless = "XXA".equals(traveller.get("nationality"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", stateless ? "stateless-travel-document" : "passport");
        document.put("number", people.documentNumber("P", 8));
        document.put("issuer", stateless ? "TUR" : traveller.get("nationality"));
        return new Crossing("t-" + Nonces.next().substring(0, 16), traveller, document);
    }
}
