package io.chapar.app.catalogue;

import io.chapar.fuzz.Seeds;
import io.chapar.fuzz.Target;
import io.chapar.message.Agreement;
import io.chapar.message.Fields;
import io.chapar.schema.FileSchema;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;

import static io.chapar.fuzz.Target.promise;

/** Agreements, and their conditions asked of a document. */
public final class AgreementTarget implements Target {

    private final FileSchema schema = new FileSchema(Path.of("schemas/agreement.schema.json"));
    private final Path file;
    private final Fields document;

    /** @param folder where an agreement is written to be read */
    public AgreementTarget(Path folder) throws IOException, Malformed {
        this.file = Files.createTempFile(folder, "agreement", ".yaml");
        this.document = new Fields(
                HardenedJson.parse(Files.readAllBytes(Path.of("schemas/border-crossing/1.0/samples/full.json"))));
        Complaints complaints = new Complaints();
        promise(
                Seeds.files("agreement").stream()
                        .anyMatch(seed -> YamlFile.read(seed, complaints).says("/receivers")),
                "a seed of agreement is read");
    }

    @Override
    public void take(byte[] input) throws IOException {
        Files.write(file, input);
        Complaints complaints = new Complaints();
        YamlFile read = YamlFile.read(file, complaints);
        if (!complaints.isEmpty() || !schema.validate(read.root()).isEmpty()) {
            return;
        }
        Agreement agreement;
        try {
            agreement = AgreementReader.read(read.root(), file);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return; // complained of, as promised
        }
        agreement.receivers().forEach(receiver -> receiver.when().ifPresent(this::ask));
        agreement.deadline().forEach(term -> term.when().ifPresent(this::ask));
    }

    private void ask(Agreement.Condition condition) {
        promise(
                !condition.holds(document) || document.at(condition.pointer()).isPresent(),
                "a field that is absent answers no");
    }
}
