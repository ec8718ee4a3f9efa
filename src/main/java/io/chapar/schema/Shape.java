package io.chapar.schema;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.adapters.CollapsedStringAdapter;
import jakarta.xml.bind.annotation.adapters.XmlJavaTypeAdapter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of document is made of, read from its generated classes.
 *
 * @param bean the generated class of a record; absent for a leaf
 * @param repeated whether it may occur more than once
 * @param parts a record's elements by name, in the schema's order
 */
record Shape(Kind kind, Optional<Class<?>> bean, boolean repeated, Map<String, Part> parts) {

    enum Kind {
        RECORD,
        TEXT,
        /** xs:token: no space at the ends, none doubled. */
        TOKEN,
        DATE,
        DATE_TIME,
        INTEGER,
        DECIMAL,
        BOOLEAN
    }

    /** An element of a record, and where its bean keeps it. */
    record Part(Field field, Shape shape) {}

    static Shape of(Class<?> bean) {
        return record(bean, false, 0);
    }

    boolean isLeaf() {
        return kind != Kind.RECORD;
    }

    /** What lies at a pointer without indices. */
    Optional<Shape> at(String pointer) {
        Shape here = this;
        for (String name : pointer.substring(1).split("/", -1)) {
            Part part = here.parts.get(name);
            if (part == null) {
                return Optional.empty();
            }
            here = part.shape();
        }
        return Optional.of(here);
    }

    @Nullable
    Shape part(String name) {
        Part part = parts.get(name);
        return part == null ? null : part.shape();
    }

    private static Shape record(Class<?> bean, boolean repeated, int depth) {
        if (depth > 32) {
            throw new IllegalArgumentException(bean + " contains itself: a document has a fixed depth");
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Class<?> owner : lineage(bean)) {
            for (Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    parts.put(name(field), new Part(field, shape(field, depth + 1)));
                }
            }
        }
        return new Shape(Kind.RECORD, Optional.of(bean), repeated, Collections.unmodifiableMap(parts));
    }

    private static List<Class<?>> lineage(Class<?> bean) {
        List<Class<?>> lineage = new ArrayList<>();
        for (Class<?> owner = bean; owner != null && owner != Object.class; owner = owner.getSuperclass()) {
            lineage.add(0, owner);
        }
        return lineage;
    }

    private static String name(Field field) {
        XmlElement element = field.getAnnotation(XmlElement.class);
        return element == null || element.name().equals("##default") ? field.getName() : element.name();
    }

    private static Shape shape(Field field, int depth) {
        boolean repeated = List.class.isAssignableFrom(field.getType());
        Type type =
                repeated ? ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0] : field.getType();
        Kind kind = kind(field, type);
        return kind == Kind.RECORD
                ? record((Class<?>) type, repeated, depth)
                : new Shape(kind, Optional.empty(), repeated, Map.of());
    }

    private static Kind kind(Field field, Type type) {
        if (type == String.class) {
            XmlJavaTypeAdapter adapter = field.getAnnotation(XmlJavaTypeAdapter.class);
            return adapter != null && adapter.value() == CollapsedStringAdapter.class ? Kind.TOKEN : Kind.TEXT;
        }
        if (type == LocalDate.class) {
            return Kind.DATE;
        }
        if (type == Moment.class) {
            return Kind.DATE_TIME;
        }
        if (type == Integer.class || type == Long.class || type == BigInteger.class) {
            return Kind.INTEGER;
        }
        if (type == BigDecimal.class) {
            return Kind.DECIMAL;
        }
        if (type == Boolean.class) {
            return Kind.BOOLEAN;
        }
        if (type instanceof Class<?> bean && bean.getName().startsWith("io.chapar.binding.")) {
            return Kind.RECORD;
        }
        throw new IllegalArgumentException(
                "the element behind " + field + " has a type that has no counterpart in JSON;"
                        + " use elements in a sequence and xs:string, token, date, dateTime, int, long, integer, decimal or"
                        + " boolean");
    }
}
