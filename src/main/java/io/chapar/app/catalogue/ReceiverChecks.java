package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Refusal;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.ExchangeSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import io.chapar.transform.Portion;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what an agreement gives to its receivers to what the gateway can give. */
final class ReceiverChecks {

    private final YamlFile file;
    private final Agreement agreement;
    private final Schemas schemas;
    private final Mappings mappings;
    private final Complaints complaints;

    ReceiverChecks(YamlFile file, Agreement agreement, Schemas schemas, Mappings mappings, Complaints complaints) {
        this.file = file;
        this.agreement = agreement;
        this.schemas = schemas;
        this.mappings = mappings;
        this.complaints = complaints;
    }

    void run(DocumentSchema document) {
        List<Receiver> receivers = agreement.receivers();
        for (int i = 0; i < receivers.size(); i++) {
            int before = complaints.size();
            receiver("/receivers/" + i, receivers.get(i), document);
            if (complaints.size() == before) {
                tried("/receivers/" + i, receivers.get(i), document);
            }
        }
        if (receivers.stream().map(Receiver::party).distinct().count() < receivers.size()) {
            complain("/receivers", "names a party twice; one entry says what a receiver sees");
        }
    }

    private void receiver(String place, Receiver receiver, DocumentSchema document) {
        Pointers sent = new Pointers(file, complaints, document);
        Optional<DocumentSchema> read = read(receiver).map(ExchangeSchema::message);
        for (String pointer : receiver.fields()) {
            boolean renamed = receiver.mapping().isPresent()
                    && read.flatMap(schema -> schema.kind(pointer)).isPresent();
            if (!renamed) {
                sent.exists(place + "/fields", pointer);
            }
        }
        receiver.when().ifPresent(condition -> sent.condition(place, condition));
        if (read.isEmpty()) {
            complain(place + "/version", "names a version of which there is no schema");
        } else if (!receiver.version().equals(agreement.exchange().version())
                && receiver.mapping().isEmpty()) {
            complain(place + "/version", "is another version, which takes a mapping to get to; add mapping");
        }
        receiver.mapping().ifPresent(mapping -> compiles(place + "/mapping", mapping));
    }

    private Optional<ExchangeSchema> read(Receiver receiver) {
        return schemas.find(new ExchangeVersion(agreement.exchange().exchange(), receiver.version()));
    }

    private void compiles(String place, Path mapping) {
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

    /** A mapping that fails, or gives what was not agreed, would park every delivery: its samples tell before the first. */
    private void tried(String place, Receiver receiver, DocumentSchema document) {
        if (receiver.mapping().isEmpty()) {
            return;
        }
        Portion portion = new Portion(schemas, mappings);
        for (String sample : AgreementChecks.SAMPLES) {
            Path path = schemas.samples(agreement.exchange()).resolve(sample + ".json");
            Optional<Fields> said = said(path, document)
                    .filter(fields ->
                            receiver.when().map(when -> when.holds(fields)).orElse(true));
            if (said.isPresent()) {
                try {
                    Fields unused = portion.of(agreement, receiver, said.get());
                } catch (Refusal refusal) {
                    complain(
                            place + "/mapping",
                            "does not do what was agreed with the sample " + sample + ".json: "
                                    + refusal.problem().detail()
                                    + " Correct the mapping, or fields");
                }
            }
        }
    }

    /** Nothing, where a sample is not there or not valid, which is told elsewhere. */
    private static Optional<Fields> said(Path sample, DocumentSchema document) {
        try {
            if (Files.isRegularFile(sample)) {
                Map<String, Object> object = HardenedJson.parse(Files.readAllBytes(sample));
                return document.validateJson(object).isEmpty()
                        ? Optional.of(document.fields(object))
                        : Optional.empty();
            }
            return Optional.empty();
        } catch (IOException | Malformed e) {
            return Optional.empty();
        }
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
