package io.chapar.app.command;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue as a page, for those who must say whether it is lawful. The same agreements give the same page. */
final class ExchangesPage {

    private final StringBuilder page = new StringBuilder(65_536);
    private final PartyDirectory parties;
    private final FieldWords words;
    private final FieldTable fields;

    private ExchangesPage(PartyDirectory parties, Path schemas) {
        this.parties = parties;
        this.words = new FieldWords(schemas);
        this.fields = new FieldTable(page, words);
    }

    static String of(Catalogue catalogue, PartyDirectory parties, Path schemas) {
        List<Agreement> agreements = catalogue.all().stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .toList();
        ExchangesPage page = new ExchangesPage(parties, schemas);
        page.introduction(agreements);
        agreements.forEach(page::agreement);
        page.directory();
        return page.page.toString();
    }

    private void introduction(List<Agreement> agreements) {
        page.append("""
                # Exchanges

                Generated from agreements and schemas by `deploy/chapar exchanges --write docs/exchanges.md`. Do not edit it:
                what is written here is what the gateway enforces. Where a rule is left to an agency, the words under the
                title say so.

                ¶ is a paragraph of the Republic of Azerbaijan's third periodic report to the UN Committee on Migrant Workers.
                Basis `report`: the report names this exchange between these parties. Basis `assumption`: it is a reading of the
                report, and the agencies must confirm it before production. A deadline is counted from a date in the message; a
                message that misses it is accepted and marked. `notify` is delivered to every receiver, `query` is answered while
                the caller waits, `emit` is sent by the gateway itself. The parties are named at the end.

                | Exchange | Pattern | From | To | Deadline | Basis | ¶ |
                |---|---|---|---|---|---|---|
                """);
        for (Agreement each : agreements) {
            String name = title(each);
            fields.row(
                    "[" + each.exchange().exchange() + "](#" + anchor(name) + ")"
                            + (each.disabled().isPresent() ? " (disabled)" : ""),
                    AgreementWords.pattern(each),
                    joined(each.senders()),
                    each.receivers().stream()
                            .map(receiver -> receiver.party() + (receiver.when().isPresent() ? " (if)" : ""))
                            .collect(Collectors.joining(", ")),
                    each.deadline().isEmpty()
                            ? "none"
                            : each.deadline().stream()
                                    .map(AgreementWords::length)
                                    .collect(Collectors.joining(" or ")),
                    AgreementWords.basis(each),
                    AgreementWords.paragraphs(each.paragraphs()));
        }
    }

    private static String title(Agreement agreement) {
        return agreement.exchange().exchange() + " " + agreement.exchange().version();
    }

    /** As GitHub and GitLab make it from a heading. */
    private static String anchor(String heading) {
        return heading.replace(".", "").replace(' ', '-');
    }

    private static String joined(Set<String> codes) {
        return codes.stream().sorted().collect(Collectors.joining(", "));
    }

    private void agreement(Agreement agreement) {
        page.append("\n## ").append(title(agreement)).append("\n\n");
        page.append(agreement.title()).append(".\n\n");
        page.append(words.of(agreement.exchange())).append("\n\n");
        boolean query = agreement.pattern() == Agreement.Pattern.QUERY;
        agreement.disabled().ifPresent(reason -> item("Disabled", reason));
        item(
                query ? "May ask" : "May send",
                agreement.senders().stream().sorted().map(this::named).collect(Collectors.joining("; ")));
        item(
                query ? "Answers" : "Receives",
                agreement.receivers().stream()
                        .map(receiver -> named(receiver.party().value())
                                + receiver.when()
                                        .map(when -> ", " + AgreementWords.condition(when))
                                        .orElse(""))
                        .collect(Collectors.joining("; ")));
        item(
                "Legal basis",
                "¶" + AgreementWords.paragraphs(agreement.paragraphs()) + ", " + AgreementWords.basis(agreement) + "; "
                        + agreement.approvedBy());
        item(
                "In force",
                "from " + agreement.validFrom()
                        + agreement.validUntil().map(day -> " until " + day).orElse(", without an end"));
        item(
                "Deadline",
                agreement.deadline().isEmpty()
                        ? "none that could be counted"
                        : agreement.deadline().stream()
                                .map(AgreementWords::term)
                                .collect(Collectors.joining("; else ")));
        agreement
                .following()
                .obligation()
                .ifPresent(obligation -> item("Must be followed by", AgreementWords.obligation(obligation)));
        if (query) {
            item("For the purposes", agreement.purposes().stream().sorted().collect(Collectors.joining(", ")));
        }
        if (!agreement.gatewaySets().isEmpty()) {
            item("Set by the gateway alone", String.join(", ", agreement.gatewaySets()));
        }
        item(
                "Attachments",
                agreement.attachments().mediaTypes().isEmpty()
                        ? "none"
                        : joined(agreement.attachments().mediaTypes()) + ", together at most "
                                + agreement.attachments().maximumBytes() + " bytes");
        if (agreement.bulk()) {
            item("In bulk", "many may be sent as one batch, without attachments");
        }
        item(
                "Classification",
                agreement.classification() == Agreement.Classification.RESTRICTED
                        ? "restricted: nobody but the receivers reads the content, operators included"
                        : "normal");
        item("Content kept", AgreementWords.period(agreement.retention()));
        fields.of(agreement);
    }

    private String named(String code) {
        return parties.all().stream()
                .filter(party -> party.code().value().equals(code))
                .map(party -> party.name() + " (" + code + ")")
                .findFirst()
                .orElse(code);
    }

    private void item(String name, String text) {
        page.append("- ").append(name).append(": ").append(text).append('\n');
    }

    private void directory() {
        page.append("\n## Parties\n\n");
        fields.row("Code", "Party", "Groups");
        fields.row("---", "---", "---");
        parties.all().stream()
                .sorted(Comparator.comparing(party -> party.code().value()))
                .forEach(party -> fields.row(party.code().value(), party.name(), joined(party.groups())));
    }
}
