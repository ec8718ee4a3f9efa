package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.Agreement.Pattern;
import io.chapar.message.Agreement.Term;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.DocumentSchema.Kind;
import io.chapar.schema.ExchangeSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Holds one agreement, whomever it names, to what the gateway could enforce. */
final class AgreementChecks {

    static final List<String> SAMPLES = List.of("minimal", "full", "azerbaijani");

    private final YamlFile file;
    private final Agreement agreement;
    private final Schemas schemas;
    private final Mappings mappings;
    private final AttachmentLimits limits;
    private final Complaints complaints;

    AgreementChecks(
            YamlFile file,
            Agreement agreement,
            Schemas schemas,
            Mappings mappings,
            AttachmentLimits limits,
            Complaints complaints) {
        this.file = file;
        this.agreement = agreement;
        this.schemas = schemas;
        this.mappings = mappings;
        this.limits = limits;
        this.complaints = complaints;
    }

    void run() {
        Optional<ExchangeSchema> schema = schemas.find(agreement.exchange());
        names();
        validity();
        if (schema.isEmpty()) {
            complain(
                    "/exchange",
                    "names " + agreement.exchange() + ", which has no folder in schemas; add its XSD and"
                            + " JSON Schema, or correct exchange and version");
            return;
        }
        if (agreement.bulk() && agreement.pattern() != Pattern.NOTIFY) {
            complain("/bulk", "is only for what parties send and nobody answers; remove it");
        }
        samples();
        message(schema.get().message());
        query(schema.get());
    }

    private void names() {
        Path folder = agreement.folder().getFileName();
        if (folder == null || !folder.toString().equals(agreement.exchange().exchange())) {
            complain("/exchange", "is not the name of its folder; rename one of the two");
        }
        String name = file.path().getFileName().toString();
        String further = "agreement-" + agreement.exchange().version() + ".yaml";
        if (!name.equals("agreement.yaml") && !name.equals(further)) {
            complain("/version", "belongs into a file " + further + "; rename the file or correct the version");
        }
    }

    private void validity() {
        agreement
                .validUntil()
                .filter(until -> until.isBefore(agreement.validFrom()))
                .ifPresent(until -> complain("/validUntil", "ends before it begins; correct validFrom or validUntil"));
    }

    private void message(DocumentSchema document) {
        new ReceiverChecks(file, agreement, schemas, mappings, complaints).run(document);
        Pointers pointers = new Pointers(file, complaints, document);
        agreement.gatewaySets().forEach(pointer -> pointers.exists("/gatewaySets", pointer));
        deadline(document);
        new AttachmentChecks(file, agreement, limits, complaints).run(document);
        agreement.following().obligation().ifPresent(obligation -> term("/obligation", obligation.term(), document));
        new FollowingChecks(file, agreement, schemas, complaints).run(document);
    }

    private void deadline(DocumentSchema document) {
        List<Term> terms = agreement.deadline();
        for (int i = 0; i < terms.size(); i++) {
            String place = deadline(file, i);
            term(place, terms.get(i), document);
            if (i < terms.size() - 1 && terms.get(i).when().isEmpty()) {
                complain(place, "always counts, so that no term after it ever would; give it a when, or put it last");
            }
        }
    }

    /** Where the term of this number stands: a deadline is a list of them, or one. */
    static String deadline(YamlFile file, int number) {
        return file.says("/deadline/" + number) ? "/deadline/" + number : "/deadline";
    }

    private void term(String place, Term term, DocumentSchema document) {
        Optional<Kind> kind = document.kind(term.from());
        if (kind.isEmpty() || kind.get() != Kind.DATE && kind.get() != Kind.DATE_TIME) {
            complain(place + "/from", "must point to a date or dateTime of the schema");
        }
        term.when().ifPresent(condition -> new Pointers(file, complaints, document).condition(place, condition));
    }

    private void query(ExchangeSchema schema) {
        if (agreement.pattern() != Pattern.QUERY) {
            return;
        }
        if (agreement.receivers().size() != 1) {
            complain("/receivers", "of a query must be exactly one: the party that answers");
        }
        if (schema.answer().isEmpty()) {
            complain("/pattern", "is query, but the schemas have no answer; add <exchange>.answer.schema.json");
            return;
        }
        DocumentSchema answer = schema.answer().get();
        Pointers pointers = new Pointers(file, complaints, answer);
        List<Entitlement> entitlements = agreement.entitlements();
        for (int i = 0; i < entitlements.size(); i++) {
            String place = "/entitlements/" + i;
            entitlements.get(i).fields().forEach(pointer -> pointers.exists(place + "/fields", pointer));
        }
    }

    private void samples() {
        Path folder = schemas.samples(agreement.exchange());
        for (String sample : SAMPLES) {
            for (String form : List.of(".xml", ".json")) {
                if (!Files.isRegularFile(folder.resolve(sample + form))) {
                    complain("/exchange", "has no sample " + sample + form + "; add it to the schemas' samples");
                }
            }
        }
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
