package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Pattern;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Obligation;
import io.chapar.message.Obligation.Awaited;
import io.chapar.message.Obligation.Emitted;
import io.chapar.message.PartyCode;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Schemas;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Holds what an agreement says of what follows to what can follow. */
final class FollowingChecks {

    private static final String NOTHING_FOLLOWS = "is for what has the pattern notify; take it out";
    private static final Set<String> OF_THE_CLOCK = Set.of(Emitted.MESSAGE_ID, Emitted.LAST_DAY);

    private final YamlFile file;
    private final Agreement agreement;
    private final Schemas schemas;
    private final Complaints complaints;

    FollowingChecks(YamlFile file, Agreement agreement, Schemas schemas, Complaints complaints) {
        this.file = file;
        this.agreement = agreement;
        this.schemas = schemas;
        this.complaints = complaints;
    }

    void run(DocumentSchema document) {
        emitter();
        if (agreement.pattern() != Pattern.NOTIFY) {
            agreement.following().assigns().ifPresent(pointer -> complain("/assigns", NOTHING_FOLLOWS));
            agreement.following().obligation().ifPresent(obligation -> complain("/obligation", NOTHING_FOLLOWS));
        }
        agreement.following().assigns().ifPresent(pointer -> single("/assigns", pointer, document));
        agreement.following().obligation().ifPresent(obligation -> obligation(obligation, document));
    }

    /** Nobody else sends what the gateway sends, and the gateway sends nothing else. */
    private void emitter() {
        boolean emit = agreement.pattern() == Pattern.EMIT;
        boolean only = agreement.senders().equals(Set.of(PartyCode.CHAPAR.value()));
        if (emit && !only) {
            complain("/senders", "of the pattern emit is CHAPAR alone: the gateway itself sends it");
        }
        if (!emit && agreement.senders().contains(PartyCode.CHAPAR.value())) {
            complain("/senders", "names CHAPAR, which sends only what has the pattern emit");
        }
        if (agreement.receivers().stream().anyMatch(receiver -> receiver.party().equals(PartyCode.CHAPAR))) {
            complain("/receivers", "names CHAPAR, which is the gateway itself, and to which nothing is delivered");
        }
    }

    private void obligation(Obligation obligation, DocumentSchema document) {
        List<Awaited> awaits = obligation.awaits();
        for (int i = 0; i < awaits.size(); i++) {
            awaited("/obligation/awaits/" + i, awaits.get(i), document);
        }
        obligation.emits().ifPresent(emitted -> emitted(emitted, document));
    }

    private void awaited(String place, Awaited awaited, DocumentSchema document) {
        List<ExchangeVersion> versions = schemas.all().stream()
                .filter(known -> known.exchange().equals(awaited.exchange()))
                .toList();
        if (versions.isEmpty()) {
            complain(place + "/exchange", "names " + awaited.exchange() + ", which has no folder in schemas");
        }
        if (awaited.number().isPresent() && !awaited.matches().isEmpty()) {
            complain(place, "has number and matches; a message stops the clock by one of them");
        }
        awaited.matches().keySet().forEach(pointer -> single(place + "/matches", pointer, document));
        awaited.when()
                .ifPresent(when -> when.values().stream()
                        .filter(value -> versions.stream()
                                .noneMatch(
                                        version -> schemas.of(version).message().mayBe(when.pointer(), value)))
                        .forEach(value -> complain(
                                place + "/when",
                                "names " + value + ", which the schema does not have at " + when.pointer())));
        for (ExchangeVersion version : versions) {
            DocumentSchema other = schemas.of(version).message();
            awaited.when().ifPresent(when -> exists(place + "/when/field", when.pointer(), other));
            awaited.number().ifPresent(pointer -> single(place + "/number", pointer, other));
            awaited.matches().values().forEach(pointer -> single(place + "/matches", pointer, other));
        }
    }

    private void emitted(Emitted emitted, DocumentSchema document) {
        schemas.find(emitted.exchange())
                .ifPresentOrElse(
                        schema -> emitted.fields()
                                .keySet()
                                .forEach(pointer -> exists("/obligation/emits/fields", pointer, schema.message())),
                        () -> complain(
                                "/obligation/emits/exchange",
                                "names " + emitted.exchange() + ", which has no folder in schemas"));
        emitted.fields().values().stream()
                .filter(from -> !OF_THE_CLOCK.contains(from))
                .forEach(from -> exists("/obligation/emits/fields", from, document));
    }

    /** When all are read: what is sent must be something that the gateway may send. */
    void against(Catalogue all) {
        agreement.following().obligation().ifPresent(obligation -> {
            obligation
                    .emits()
                    .ifPresent(emitted -> agreed(
                            "/obligation/emits/exchange",
                            emitted.exchange().toString(),
                            Pattern.EMIT,
                            all.agreement(emitted.exchange()).stream().toList()));
            for (int i = 0; i < obligation.awaits().size(); i++) {
                String exchange = obligation.awaits().get(i).exchange();
                agreed(
                        "/obligation/awaits/" + i + "/exchange",
                        exchange,
                        Pattern.NOTIFY,
                        all.all().stream()
                                .filter(other -> other.exchange().exchange().equals(exchange))
                                .toList());
            }
        });
    }

    private void agreed(String place, String exchange, Pattern pattern, List<Agreement> agreements) {
        if (agreements.isEmpty() || agreements.stream().anyMatch(other -> other.pattern() != pattern)) {
            complain(
                    place,
                    "names " + exchange + ", on which there is no agreement with the pattern "
                            + pattern.name().toLowerCase(Locale.ROOT));
        }
    }

    private void exists(String place, String pointer, DocumentSchema document) {
        if (document.kind(pointer).isEmpty()) {
            complain(place, "points to " + pointer + ", which is not in the schema of " + document.root());
        }
    }

    private void single(String place, String pointer, DocumentSchema document) {
        exists(place, pointer, document);
        if (document.kind(pointer).isPresent() && !document.isSingle(pointer)) {
            complain(place, "points to " + pointer + ", which is a record or a list; name one value");
        }
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
