package io.chapar.app.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON that we write ourselves, from maps, lists, strings, numbers and booleans. */
public final class JsonText {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private JsonText() {}

    public static byte[] write(Object tree) {
        try {
            return WRITER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain maps and lists can always be written", e);
        }
    }
}
