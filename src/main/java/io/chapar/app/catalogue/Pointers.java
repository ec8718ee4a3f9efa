package io.chapar.app.catalogue;

import io.chapar.message.Agreement.Condition;
import io.chapar.schema.DocumentSchema;

/** Holds the places that an agreement names to a document's schema. */
record Pointers(YamlFile file, Complaints complaints, DocumentSchema document) {

    void exists(String place, String pointer) {
        if (document.kind(pointer).isEmpty()) {
            complaints.add(
                    file,
                    place,
                    place + " points to " + pointer + ", which is not in the schema of " + document.root());
        }
    }

    /** A misspelt code never holds, or always: content would go to whom it must not, or the wrong term count. */
    void condition(String place, Condition condition) {
        exists(place + "/when/field", condition.pointer());
        condition.values().stream()
                .filter(value -> !document.mayBe(condition.pointer(), value))
                .forEach(value -> complaints.add(
                        file,
                        place + "/when",
                        place + "/when names " + value + ", which the schema does not have at " + condition.pointer()));
    }
}
