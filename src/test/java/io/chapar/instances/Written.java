package io.chapar.instances;

import io.chapar.instances.Content.Kind;
import io.chapar.instances.Content.Leaf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An instance as XML and as JSON, written by nothing that the gateway uses. What JSON has no number or truth for is
 * written as a string there, as a sender would who has nothing better.
 */
public final class Written {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private Written() {}

    public static String xml(Item root, String namespace) {
        StringBuilder out = new StringBuilder();
        out.append('<')
                .append(root.name())
                .append(" xmlns=\"")
                .append(namespace)
                .append("\">");
        inside(root, out);
        return out.append("</").append(root.name()).append('>').toString();
    }

    public static String json(Item root) {
        StringBuilder out = new StringBuilder();
        object(root, out);
        return out.toString();
    }

    private static void inside(Item item, StringBuilder out) {
        if (item.text != null) {
            item.text.codePoints().forEach(c -> {
                switch (c) {
                    case '&' -> out.append("&amp;");
                    case '<' -> out.append("&lt;");
                    case '>' -> out.append("&gt;");
                    default -> {
                        // what is no character is written as a reference: bytes could not hold half a surrogate pair
                        if (c < 0x20 || Character.getType(c) == Character.SURROGATE) {
                            out.append("&#").append(c).append(';');
                        } else {
                            out.appendCodePoint(c);
                        }
                    }
                }
            });
        }
        for (Item below : item.below()) {
            out.append('<').append(below.name());
            out.append(below.nil ? " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\">" : ">");
            inside(below, out);
            out.append("</").append(below.name()).append('>');
        }
    }

    private static void object(Item item, StringBuilder out) {
        out.append('{');
        Set<String> lists = new LinkedHashSet<>();
        for (Item below : item.below()) {
            if (!below.declared().repeated()) {
                name(below, out);
                value(below, out);
            } else if (lists.add(below.name())) {
                name(below, out);
                array(item.named(below.name()), out);
            }
        }
        out.append('}');
    }

    private static void name(Item item, StringBuilder out) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        string(item.name(), out);
        out.append(':');
    }

    private static void array(List<Item> items, StringBuilder out) {
        out.append('[');
        for (Item item : items) {
            if (out.charAt(out.length() - 1) != '[') {
                out.append(',');
            }
            value(item, out);
        }
        out.append(']');
    }

    private static void value(Item item, StringBuilder out) {
        if (item.nil) {
            out.append("null");
        } else if (item.text == null) {
            object(item, out);
        } else if (item.declared().content() instanceof Leaf leaf) {
            leaf(leaf.kind(), item.text, out);
        } else {
            string(item.text, out);
        }
    }

    private static void leaf(Kind kind, String text, StringBuilder out) {
        String value = kind.collapses() ? collapsed(text) : text;
        boolean number = kind == Kind.INTEGER && NUMBER.matcher(value).matches();
        boolean truth = kind == Kind.BOOLEAN && (value.equals("true") || value.equals("false"));
        if (number || truth) {
            out.append(value);
        } else {
            string(value, out);
        }
    }

    /** What XML Schema makes of a text whose white space is no part of the value. */
    private static String collapsed(String text) {
        return text.replaceAll("[ \t\n\r]+", " ").replaceAll("^ | $", "");
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            boolean half = Character.isSurrogate(c);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || half) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
