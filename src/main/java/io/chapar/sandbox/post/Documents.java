package io.chapar.sandbox.post;

import io.chapar.message.ExchangeVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what an agency has to say as XML. A real agency has its own library for this; what it writes is what the schema
 * says: one namespace, elements in order, no attributes.
 */
public final class Documents {

    private Documents() {}

    /** The name of the root element: {@code birth-notification} becomes {@code birthNotification}. */
    public static String root(String exchange) {
        StringBuilder name = new StringBuilder();
        for (String word : exchange.split("-")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    public static byte[] xml(String root, String namespace, Map<String, Object> content) {
        StringBuilder text = new StringBuilder(1024);
        text.append('<').append(root).append(" xmlns=\"").append(namespace).append("\">");
        children(content, text);
        text.append("</").append(root).append('>');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] xml(ExchangeVersion exchange, Map<String, Object> content) {
        return xml(root(exchange.exchange()), exchange.namespace(), content);
    }

    private static void children(Map<?, ?> content, StringBuilder text) {
        content.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                list.forEach(one -> element(name, one, text));
            } else {
                element(name, value, text);
            }
        });
    }

    private static void element(Object name, Object value, StringBuilder text) {
        text.append('<').append(name).append('>');
        if (value instanceof Map<?, ?> map) {
            children(map, text);
        } else {
            escape(value.toString(), text);
        }
        text.append("</").append(name).append('>');
    }

    private static void escape(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '\r' -> text.append("&#13;");
                default -> text.append(c);
            }
        }
    }
}
