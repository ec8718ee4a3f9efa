package io.chapar.schema;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import org.jspecify.annotations.Nullable;

/** Binds xs:boolean to an object: a primitive would show false where a receiver's filter took the element out. */
public final class BooleanAdapter extends XmlAdapter<String, Boolean> {

    @Override
    public @Nullable Boolean unmarshal(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.trim()) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("a boolean is true, false, 1 or 0");
        };
    }

    @Override
    public @Nullable String marshal(@Nullable Boolean value) {
        return value == null ? null : value.toString();
    }
}
