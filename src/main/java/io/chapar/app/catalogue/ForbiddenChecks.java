package io.chapar.app.catalogue;

import io.chapar.authorise.ForbiddenLinks;
import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.Obligation;
import io.chapar.message.Obligation.Awaited;
import io.chapar.message.Party;
import io.chapar.schema.ExchangeSchema;
import io.chapar.schema.Schemas;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds an agreement to what the law keeps apart (¶129). The two exchanges that are open carry codes, names, dates and
 * numbers: text that anybody words could say what must not be said.
 */
final class ForbiddenChecks {

    private final YamlFile file;
    private final Agreement agreement;
    private final Schemas schemas;
    private final Collection<Party> parties;
    private final Complaints complaints;

    ForbiddenChecks(
            YamlFile file, Agreement agreement, Schemas schemas, Collection<Party> parties, Complaints complaints) {
        this.file = file;
        this.agreement = agreement;
        this.schemas = schemas;
        this.parties = parties;
        this.complaints = complaints;
    }

    void run() {
        String exchange = agreement.exchange().exchange();
        Set<String> sources = codes(agreement.senders());
        agreement.entitlements().forEach(entitlement -> sources.addAll(codes(entitlement.parties())));
        if (ForbiddenLinks.forbids(exchange, sources, receivers(agreement))) {
            complain(
                    "/receivers",
                    "links the Ministry of Education and the State Migration Service, which the law keeps apart"
                            + " (report, paragraph 129); take one of the two out");
        }
        for (int i = 0; i < agreement.receivers().size(); i++) {
            Receiver receiver = agreement.receivers().get(i);
            if (ForbiddenLinks.watches(exchange, receiver.party().value())) {
                watched("/receivers/" + i, receiver);
            }
        }
    }

    /**
     * When all are read: what the gateway sends holds what this one's senders said, and comes only because those who are
     * awaited said nothing. So it may go to nobody to whom one of them may say nothing.
     */
    void against(Catalogue all) {
        agreement
                .following()
                .obligation()
                .ifPresent(obligation -> obligation
                        .emits()
                        .flatMap(emitted -> all.agreement(emitted.exchange()))
                        .ifPresent(emitted -> emitted(obligation, emitted, all.all())));
    }

    private void emitted(Obligation obligation, Agreement emitted, Collection<Agreement> all) {
        Set<String> sources = codes(agreement.senders());
        for (Awaited awaited : obligation.awaits()) {
            all.stream()
                    .filter(other -> other.exchange().exchange().equals(awaited.exchange())
                            // who assigns the number decides, too, what stops the clock
                            || awaited.number().isPresent()
                                    && other.following().assigns().isPresent())
                    .forEach(other -> sources.addAll(codes(other.senders())));
        }
        if (ForbiddenLinks.forbids(emitted.exchange().exchange(), sources, receivers(emitted))) {
            complain(
                    "/obligation/emits/exchange",
                    "tells one of the Ministry of Education and the State Migration Service what the other said, or that"
                            + " it said nothing, which the law keeps apart (report, paragraph 129); take emits out, or"
                            + " one of the two");
        }
    }

    private static Set<String> receivers(Agreement agreement) {
        return agreement.receivers().stream()
                .map(receiver -> receiver.party().value())
                .collect(Collectors.toSet());
    }

    private void watched(String place, Receiver receiver) {
        if (agreement.pattern() != Agreement.Pattern.NOTIFY) {
            complain("/pattern", "makes an answer of what may only be told one way; use notify");
        }
        if (!agreement.attachments().mediaTypes().isEmpty()) {
            complain("/attachments", "could say anything; this exchange has none");
        }
        if (receiver.mapping().isPresent()) {
            complain(place + "/mapping", "could write what no schema holds to codes; this receiver has none");
        }
        receiver.when()
                .map(Condition::pointer)
                .filter(pointer -> !shown(pointer))
                .ifPresent(pointer -> complain(
                        place + "/when/field",
                        "tells this receiver something about " + pointer + ", which it may not see"));
        for (String pointer : receiver.fields()) {
            if (!shown(pointer)) {
                complain(place + "/fields", "shows " + pointer + ", which the law does not leave open");
            }
            freeTexts(pointer)
                    .forEach(text -> complain(
                            place + "/fields", "shows " + text + ", which is free text; give its type an enumeration"));
        }
    }

    private boolean shown(String pointer) {
        return ForbiddenLinks.mayShow(agreement.exchange().exchange(), pointer);
    }

    private List<String> freeTexts(String pointer) {
        Optional<ExchangeSchema> schema = schemas.find(agreement.exchange());
        return schema.map(found -> found.message().freeTexts(pointer)).orElse(List.of());
    }

    /** The parties that are meant, a group's members in its place. */
    private Set<String> codes(Collection<String> named) {
        Set<String> codes = new HashSet<>(named);
        parties.stream()
                .filter(party -> named.stream().anyMatch(party::is))
                .forEach(party -> codes.add(party.code().value()));
        return codes;
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + ForbiddenLinks.CODE + ": " + what);
    }
}
