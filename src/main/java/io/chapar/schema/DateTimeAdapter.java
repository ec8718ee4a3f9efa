package io.chapar.schema;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Binds xs:dateTime to a moment with its zone. Seconds are always written: the schema demands them. */
public final class DateTimeAdapter extends XmlAdapter<String, OffsetDateTime> {

    @Override
    public @Nullable OffsetDateTime unmarshal(@Nullable String text) {
        return text == null ? null : Lexical.dateTime(text);
    }

    @Override
    public @Nullable String marshal(@Nullable OffsetDateTime moment) {
        return moment == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
}
