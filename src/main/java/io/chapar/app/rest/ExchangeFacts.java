package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.batch.BatchDoor;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a party is told of one exchange: what it needs to know to send, receive or ask. */
final class ExchangeFacts {

    private final SchemaFiles files;
    private final BatchDoor batches;
    private final int maximumBytes;
    private final AttachmentLimits limits;

    /**
     * @param maximumBytes of a message without attachments
     * @param limits of one with attachments
     */
    ExchangeFacts(SchemaFiles files, BatchDoor batches, int maximumBytes, AttachmentLimits limits) {
        this.files = files;
        this.batches = batches;
        this.maximumBytes = maximumBytes;
        this.limits = limits;
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

    Map<String, Object> of(Party party, Agreement agreement) {
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
            facts.put("attachments", attachments(agreement.attachments()));
        }
        batches.offer(party, agreement, Catalogues.BASE).ifPresent(offer -> facts.put("batches", offer));
        receives(party, agreement).ifPresent(receiver -> {
            facts.put("received", received(receiver));
            facts.put(
                    "receiverWsdl", "/ws/" + exchange.exchange() + "?wsdl&side=receiver&version=" + receiver.version());
        });
        facts.put("rest", Catalogues.BASE + exchange.exchange());
        facts.put("wsdl", "/ws/" + exchange.exchange() + "?wsdl&version=" + exchange.version());
        facts.put("schemas", schemas(exchange));
        facts.put(
                "samples",
                files.names(exchange.exchange() + "/" + exchange.version() + "/samples/").stream()
                        .map(name -> Catalogues.BASE + name)
                        .toList());
        return facts;
    }

    /** What the agreement allows, and what the gateway takes: whoever sends has to keep to both. */
    private Map<String, Object> attachments(Agreement.Attachments agreed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("mediaTypes", agreed.mediaTypes().stream().sorted().toList());
        facts.put("maximumBytes", agreed.maximumBytes());
        facts.put("maximumBytesEach", Math.min(limits.file(), agreed.maximumBytes()));
        facts.put("maximumDocumentBytes", limits.document());
        facts.put("maximumMessageBytes", limits.together());
        return facts;
    }

    private Map<String, String> schemas(ExchangeVersion exchange) {
        String folder = exchange.exchange() + "/" + exchange.version() + "/";
        Map<String, String> schemas = new LinkedHashMap<>();
        schemas.put("xml", Catalogues.BASE + folder + "schema.xsd");
        schemas.put("json", Catalogues.BASE + folder + "schema.json");
        if (files.file(folder + exchange.exchange() + ".answer.schema.json").isPresent()) {
            schemas.put("jsonAnswer", Catalogues.BASE + folder + "answer.schema.json");
        }
        return schemas;
    }

    /** As the agreement says it: one term, or a list of which the first whose condition holds counts. */
    private static Optional<Object> deadline(List<Agreement.Term> terms) {
        return switch (terms.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(term(terms.get(0)));
            default -> Optional.of(terms.stream().map(ExchangeFacts::term).toList());
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
