package io.chapar.app.rest;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.Replies;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a caller may send, receive and ask, and the schemas and samples that it needs for that. */
final class Catalogues {

    static final String BASE = "/api/v1/exchanges/";

    private final Intake intake;
    private final CallerIdentity identity;
    private final Catalogue catalogue;
    private final SchemaFiles files;
    private final Replies replies;
    private final ExchangeFacts facts;

    Catalogues(
            Intake intake,
            CallerIdentity identity,
            Catalogue catalogue,
            SchemaFiles files,
            Replies replies,
            ExchangeFacts facts) {
        this.intake = intake;
        this.identity = identity;
        this.catalogue = catalogue;
        this.files = files;
        this.replies = replies;
        this.facts = facts;
    }

    /** {@code GET /api/v1/exchanges}. */
    void list(Visit visit) throws Refusal, IOException {
        Party party = identity.party(intake.bare(visit.request()));
        List<Map<String, Object>> open = catalogue.all().stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .filter(agreement -> agreement.disabled().isEmpty())
                .filter(agreement -> agreement.concerns(party))
                .map(agreement -> facts.of(party, agreement))
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
        Party party = identity.party(intake.bare(visit.request()));
        byte[] bytes = files.file(name)
                .filter(there -> maySee(party, visit.variable(0)))
                .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "No schema or sample has this address."));
        replies.send(visit.response(), 200, SchemaFiles.mediaType(name), bytes);
    }

    private boolean maySee(Party party, String exchange) {
        return exchange.equals(SchemaFiles.COMMON)
                || catalogue.concerning(party).stream()
                        .anyMatch(agreement -> agreement.exchange().exchange().equals(exchange));
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
}
