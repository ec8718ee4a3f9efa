package io.chapar.schema;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import org.jspecify.annotations.Nullable;

/** Binds xs:dateTime to a moment with its zone, which stays as it was written. */
public final class DateTimeAdapter extends XmlAdapter<String, Moment> {

    @Override
    public @Nullable Moment unmarshal(@Nullable String text) {
        return text == null ? null : Moment.of(text);
    }

    @Override
    public @Nullable String marshal(@Nullable Moment moment) {
        return moment == null ? null : moment.written();
    }
}
