package io.chapar.schema;

import io.chapar.message.Fields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries fields into generated beans and back; what a bean does not know, it refuses. */
final class Beans {

    private Beans() {}

    static Fields fields(Shape shape, Object bean) {
        return new Fields(map(shape, bean));
    }

    static Object bean(Shape shape, Map<?, ?> fields) {
        try {
            Object bean = shape.bean().orElseThrow().getDeclaredConstructor().newInstance();
            for (Map.Entry<?, ?> entry : fields.entrySet()) {
                Shape.Part part = shape.parts().get(entry.getKey());
                if (part == null) {
                    throw new IllegalArgumentException("the schema has no such element here");
                }
                part.field().set(bean, into(part, entry.getValue()));
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated classes are plain beans", e);
        }
    }

    private static @Nullable Object into(Shape.Part part, Object value) {
        if (!part.shape().repeated()) {
            return single(part, value);
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (Object element : (List<?>) value) {
            list.add(single(part, element));
        }
        return list;
    }

    private static Object single(Shape.Part part, Object value) {
        return switch (part.shape().kind()) {
            case RECORD -> bean(part.shape(), (Map<?, ?>) value);
            case TEXT, TOKEN -> (String) value;
            case DATE -> Lexical.date((String) value);
            case DATE_TIME -> Moment.of((String) value);
            case BOOLEAN -> (Boolean) value;
            case DECIMAL -> new BigDecimal(value.toString());
            case INTEGER -> integer(part, new BigDecimal(value.toString()).toBigIntegerExact());
        };
    }

    private static Object integer(Shape.Part part, BigInteger value) {
        String type = part.field().getGenericType().getTypeName();
        if (type.contains("Integer") && !type.contains("BigInteger")) {
            return value.intValueExact();
        }
        return type.contains("Long") ? (Object) value.longValueExact() : value;
    }

    private static Map<String, Object> map(Shape shape, Object bean) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, Shape.Part> entry : shape.parts().entrySet()) {
            Object value = read(entry.getValue(), bean);
            if (value instanceof List<?> list) {
                if (!list.isEmpty()) {
                    Shape element = entry.getValue().shape();
                    map.put(
                            entry.getKey(),
                            list.stream().map(one -> out(element, one)).toList());
                }
            } else if (value != null) {
                map.put(entry.getKey(), out(entry.getValue().shape(), value));
            }
        }
        return map;
    }

    private static @Nullable Object read(Shape.Part part, Object bean) {
        try {
            return part.field().get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("generated classes are plain beans", e);
        }
    }

    private static Object out(Shape shape, Object value) {
        if (shape.kind() == Shape.Kind.RECORD) {
            return map(shape, value);
        }
        if (value instanceof Moment moment) {
            return moment.written();
        }
        if (value instanceof LocalDate date) {
            return date.toString();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
