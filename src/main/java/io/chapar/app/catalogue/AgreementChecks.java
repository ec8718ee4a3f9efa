package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.Agreement.Pattern;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Agreement.Term;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Party;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.DocumentSchema.Kind;
import io.chapar.schema.ExchangeSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import io.chapar.validate.ContentTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds one agreement to what the gateway could enforce. */
final class AgreementChecks {

    private static final List<String> SAMPLES = List.of("minimal", "full", "azerbaijani");
    /** Whose duty a term may be although they are no parties: the sender relays for them, or it is its own duty. */
    private static final Set<String> NO_PARTIES = Set.of("CITIZEN", "EMPLOYER", "FOREIGNER", "SENDER");

    private final YamlFile file;
    private final Agreement agreement;
    private final Schemas schemas;
    private final Mappings mappings;
    private final Collection<Party> parties;
    private final Complaints complaints;

    AgreementChecks(
            YamlFile file,
            Agreement agreement,
            Schemas schemas,
            Mappings mappings,
            Collection<Party> parties,
            Complaints complaints) {
        this.file = file;
        this.agreement = agreement;
        this.schemas = schemas;
        this.mappings = mappings;
        this.parties = parties;
        this.complaints = complaints;
    }

    void run() {
        Optional<ExchangeSchema> schema = schemas.find(agreement.exchange());
        names();
        validity();
        new ForbiddenChecks(file, agreement, schemas, parties, complaints).run();
        agreement.senders().forEach(sender -> known("/senders", sender));
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
        agreement.attachments().mediaTypes().stream()
                .filter(type -> !ContentTypes.isKnown(type))
                .forEach(type -> complain(
                        "/attachments/mediaTypes", "allows " + type + ", whose content the gateway cannot recognise"));
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
        for (int i = 0; i < agreement.receivers().size(); i++) {
            receiver("/receivers/" + i, agreement.receivers().get(i), document);
        }
        long distinct =
                agreement.receivers().stream().map(Receiver::party).distinct().count();
        if (distinct < agreement.receivers().size()) {
            complain("/receivers", "names a party twice; one entry says what a receiver sees");
        }
        agreement.gatewaySets().forEach(pointer -> exists("/gatewaySets", pointer, document));
        deadline(document);
        agreement.following().obligation().ifPresent(obligation -> term("/obligation", obligation.term(), document));
        new FollowingChecks(file, agreement, schemas, complaints).run(document);
    }

    private void receiver(String place, Receiver receiver, DocumentSchema document) {
        String code = receiver.party().value();
        if (parties.stream().noneMatch(party -> party.code().equals(receiver.party()))) {
            complain(
                    place + "/party", "names " + code + ", which is no party of parties.yaml; receivers are no groups");
        }
        receiver.fields().forEach(pointer -> exists(place + "/fields", pointer, document));
        receiver.when().ifPresent(condition -> condition(place, condition, document));
        if (schemas.find(new ExchangeVersion(agreement.exchange().exchange(), receiver.version()))
                .isEmpty()) {
            complain(place + "/version", "names a version of which there is no schema");
        } else if (!receiver.version().equals(agreement.exchange().version())
                && receiver.mapping().isEmpty()) {
            complain(place + "/version", "is another version, which takes a mapping to get to; add mapping");
        }
        receiver.mapping().ifPresent(mapping -> mapping(place + "/mapping", mapping));
    }

    private void mapping(String place, Path mapping) {
        if (!Files.isRegularFile(mapping)) {
            complain(place, "names " + mapping.getFileName() + ", which is not in this folder");
            return;
        }
        try {
            mappings.compile(mapping);
        } catch (IllegalArgumentException e) {
            complain(place, "names a stylesheet that cannot be used: " + e.getMessage());
        }
    }

    private void deadline(DocumentSchema document) {
        List<Term> terms = agreement.deadline();
        for (int i = 0; i < terms.size(); i++) {
            String place = file.says("/deadline/" + i) ? "/deadline/" + i : "/deadline";
            term(place, terms.get(i), document);
            if (i < terms.size() - 1 && terms.get(i).when().isEmpty()) {
                complain(place, "always counts, so that no term after it ever would; give it a when, or put it last");
            }
        }
    }

    private void term(String place, Term term, DocumentSchema document) {
        Optional<Kind> kind = document.kind(term.from());
        if (kind.isEmpty() || kind.get() != Kind.DATE && kind.get() != Kind.DATE_TIME) {
            complain(place + "/from", "must point to a date or dateTime of the schema");
        }
        term.when().ifPresent(condition -> condition(place, condition, document));
        if (!NO_PARTIES.contains(term.duty())) {
            known(place + "/duty", term.duty());
        }
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
        List<Entitlement> entitlements = agreement.entitlements();
        for (int i = 0; i < entitlements.size(); i++) {
            String place = "/entitlements/" + i;
            entitlements.get(i).parties().forEach(party -> known(place + "/parties", party));
            entitlements.get(i).fields().forEach(pointer -> exists(place + "/fields", pointer, answer));
        }
        for (Receiver receiver : agreement.receivers()) {
            parties.stream()
                    .filter(party -> party.code().equals(receiver.party()))
                    .filter(party -> party.queries().isEmpty())
                    .forEach(party -> complain(
                            "/receivers/0/party", "names " + party.code() + ", which has no address for queries"));
        }
    }

    private void samples() {
        Path folder = schemas.folder()
                .resolve(agreement.exchange().exchange())
                .resolve(agreement.exchange().version())
                .resolve("samples");
        for (String sample : SAMPLES) {
            for (String form : List.of(".xml", ".json")) {
                if (!Files.isRegularFile(folder.resolve(sample + form))) {
                    complain("/exchange", "has no sample " + sample + form + "; add it to the schemas' samples");
                }
            }
        }
    }

    /** A misspelt code never holds, or always: content would go to whom it must not, or the wrong term count. */
    private void condition(String place, Condition condition, DocumentSchema document) {
        exists(place + "/when/field", condition.pointer(), document);
        condition.values().stream()
                .filter(value -> !document.mayBe(condition.pointer(), value))
                .forEach(value -> complain(
                        place + "/when",
                        "names " + value + ", which the schema does not have at " + condition.pointer()));
    }

    private void exists(String place, String pointer, DocumentSchema document) {
        if (document.kind(pointer).isEmpty()) {
            complain(place, "points to " + pointer + ", which is not in the schema of " + document.root());
        }
    }

    private void known(String place, String partyOrGroup) {
        if (parties.stream().noneMatch(party -> party.is(partyOrGroup))) {
            complain(place, "names " + partyOrGroup + ", which is neither party nor group of parties.yaml");
        }
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
