package io.chapar.schema;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import org.jspecify.annotations.Nullable;

/** Binds xs:int to an object: a primitive would show 0 where a receiver's filter took the element out. */
public final class WholeAdapter extends XmlAdapter<String, Integer> {

    @Override
    public @Nullable Integer unmarshal(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text.trim());
    }

    @Override
    public @Nullable String marshal(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }
}
