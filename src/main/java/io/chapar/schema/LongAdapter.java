package io.chapar.schema;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import org.jspecify.annotations.Nullable;

/** Binds xs:long to an object: a primitive would show 0 where a receiver's filter took the element out. */
public final class LongAdapter extends XmlAdapter<String, Long> {

    @Override
    public @Nullable Long unmarshal(@Nullable String text) {
        return text == null ? null : Long.valueOf(text.trim());
    }

    @Override
    public @Nullable String marshal(@Nullable Long number) {
        return number == null ? null : number.toString();
    }
}
