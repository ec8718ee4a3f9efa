package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.Malformed;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A document that is being written, as JSON or XML; changes name their places by the same pointers in both. */
interface Paper {

    ZoneId BAKU = ZoneId.of("Asia/Baku");

    static Paper of(byte[] sample, boolean json) throws Malformed {
        return json ? new JsonPaper(sample) : new XmlPaper(sample);
    }

    Content content();

    /** Puts a value there; what is missing on the way is added at the end of its parent. */
    void put(String pointer, Object value);

    void remove(String pointer);

    byte[] bytes();

    default Optional<String> text(String pointer) {
        return content().text(pointer);
    }

    default void change(Entry change) {
        String at = change.text("at", "");
        if (change.has("remove")) {
            remove(at);
        } else if (change.has("today")) {
            put(at, LocalDate.now(BAKU).plusDays(change.number("today", 0)).toString());
        } else {
            put(at, Optional.ofNullable(change.values().get("to")).orElseThrow());
        }
    }

    /** Pointers of the attachment elements. */
    default List<String> attachments() {
        List<String> found = new ArrayList<>();
        for (int i = 0; text("/attachment/" + i + "/contentId").isPresent(); i++) {
            found.add("/attachment/" + i);
        }
        return found;
    }
}
