package io.chapar.app.rest;

import io.chapar.app.batch.BatchDoor;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.Replies;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a caller may send, receive and ask, and the schemas and samples that it needs for that. */
final class Catalogues {

    static final String BASE = "/api/v1/exchanges/";

    private final Intake intake;
    private final CallerIdentity identity;
    private final Catalogue catalogue;
    private final SchemaFiles files;
    private final Replies replies;
    private final int maximumBytes;
    private final BatchDoor batches;

    Catalogues(
            Intake intake,
            CallerIdentity identity,
            Catalogue catalogue,
            SchemaFiles files,
            Replies replies,
            int maximumBytes,
            BatchDoor batches) {
        this.intake = intake;
        this.identity = identity;
        this.catalogue = catalogue;
        this.files = files;
        this.replies = replies;
        this.maximumBytes = maximumBytes;
        this.batches = batches;
    }

    /** {@code GET /api/v1/exchanges}. */
    void list(Visit visit) throws Refusal, IOException {
        Party party = identity.party(intake.bare(visit.request()));
        List<Map<String, Object>> open = catalogue.all().stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .filter(agreement -> agreement.disabled().isEmpty())
                .filter(agreement -> !may(party, agreement).isEmpty())
                .map(agreement -> facts(party, agreement))
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("party", party.code().value());
        answer.put("exchanges", open);
        replies.send(visit.response(), 200, Format.JSON.mediaType(), JsonText.write(answer));
    }

    /** {@code GET /api/v1/exchanges/{exchange}/{version}/{file}}. */
    void schema(Visit visit) throws Refusal, IOException {
        file(visit, named(visit.variable(0), visit.variable(1), visit.variable(2)));
    }

    /** {@code GET /api/v1/exchanges/{exchange}/{version}/samples/{file}}. */
    void sample(Visit visit) throws Refusal, IOException {
        file(visit, visit.variable(0) + "/" + visit.variable(1) + "/samples/" + visit.variable(2));
    }

    private void file(Visit visit, String name) throws Refusal, IOException {
        identity.party(intake.bare(visit.request()));
        byte[] bytes = files.file(name)
                .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "No schema or sample has this address."));
        replies.send(visit.response(), 200, SchemaFiles.mediaType(name), bytes);
    }

    /** The addresses call schemas by one name; the files carry their exchange's. */
    private static String named(String exchange, String version, String file) {
        String folder = exchange + "/" + version + "/";
        return switch (file) {
            case "schema.xsd" -> folder + exchange + ".xsd";
            case "schema.json" -> folder + exchange + ".schema.json";
            case "answer.schema.json" -> folder + exchange + ".answer.schema.json";
            default -> folder + file;
        };
    }

    private static List<String> may(Party party, Agreement agreement) {
        boolean query = agreement.pattern() == Agreement.Pattern.QUERY;
        List<String> may = new ArrayList<>();
        if (agreement.senders().stream().anyMatch(party::is)) {
            may.add(query ? "ask" : "send");
        }
        if (receives(party, agreement).isPresent()) {
            may.add(query ? "answer" : "receive");
        }
        return may;
    }

    private static Optional<Agreement.Receiver> receives(Party party, Agreement agreement) {
        return agreement.receivers().stream()
                .filter(receiver -> receiver.party().equals(party.code()))
                .findFirst();
    }

    private Map<String, Object> facts(Party party, Agreement agreement) {
        ExchangeVersion exchange = agreement.exchange();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("exchange", exchange.exchange());
        facts.put("version", exchange.version());
        facts.put("title", agreement.title());
        facts.put("pattern", lower(agreement.pattern()));
        facts.put("may", may(party, agreement));
        facts.put("validFrom", agreement.validFrom().toString());
        agreement.validUntil().ifPresent(day -> facts.put("validUntil", day.toString()));
        deadline(agreement.deadline()).ifPresent(deadline -> facts.put("deadline", deadline));
        facts.put("orderingKey", agreement.orderingKey() ? "required" : "optional");
        if (!agreement.purposes().isEmpty()) {
            facts.put("purposes", agreement.purposes().stream().sorted().toList());
        }
        facts.put("maximumBytes", maximumBytes);
        if (!agreement.attachments().mediaTypes().isEmpty()) {
            facts.put(
                    "attachments",
                    Map.of(
                            "mediaTypes",
                            agreement.attachments().mediaTypes().stream()
                                    .sorted()
                                    .toList(),
                            "maximumBytes",
                            agreement.attachments().maximumBytes()));
        }
        batches.offer(party, agreement, BASE).ifPresent(offer -> facts.put("batches", offer));
        receives(party, agreement).ifPresent(receiver -> facts.put("received", received(receiver)));
        facts.put("rest", BASE + exchange.exchange());
        facts.put("wsdl", "/ws/" + exchange.exchange() + "?wsdl&version=" + exchange.version());
        facts.put("schemas", schemas(exchange));
        facts.put(
                "samples",
                files.names(exchange.exchange() + "/" + exchange.version() + "/samples/").stream()
                        .map(name -> BASE + name)
                        .toList());
        return facts;
    }

    private Map<String, String> schemas(ExchangeVersion exchange) {
        String folder = exchange.exchange() + "/" + exchange.version() + "/";
        Map<String, String> schemas = new LinkedHashMap<>();
        schemas.put("xml", BASE + folder + "schema.xsd");
        schemas.put("json", BASE + folder + "schema.json");
        if (files.file(folder + exchange.exchange() + ".answer.schema.json").isPresent()) {
            schemas.put("jsonAnswer", BASE + folder + "answer.schema.json");
        }
        return schemas;
    }

    /** As the agreement says it: one term, or a list of which the first whose condition holds counts. */
    private static Optional<Object> deadline(List<Agreement.Term> terms) {
        return switch (terms.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(term(terms.get(0)));
            default -> Optional.of(terms.stream().map(Catalogues::term).toList());
        };
    }

    private static Map<String, Object> term(Agreement.Term term) {
        Map<String, Object> facts = new LinkedHashMap<>();
        term.when().ifPresent(when -> facts.put("when", condition(when)));
        facts.put("from", term.from());
        facts.put("length", term.length());
        facts.put("unit", lower(term.unit()));
        facts.put("duty", term.duty());
        return facts;
    }

    private static Map<String, Object> condition(Agreement.Condition condition) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("field", condition.pointer());
        List<String> values = condition.values().stream().sorted().toList();
        switch (condition.test()) {
            case IN -> facts.put("in", values);
            case NOT_IN -> facts.put("notIn", values);
            case PRESENT -> facts.put("present", true);
        }
        return facts;
    }

    private static Map<String, Object> received(Agreement.Receiver receiver) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("format", lower(receiver.format()));
        facts.put("version", receiver.version());
        facts.put("fields", receiver.fields());
        return facts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
