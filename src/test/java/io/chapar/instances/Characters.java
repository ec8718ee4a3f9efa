package io.chapar.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * The characters that a class of a pattern admits. Half of those that it gives are the ones that go wrong elsewhere:
 * letters of Azerbaijan, other scripts, marks that combine, letters that change their length with their case, what XML
 * and JSON must escape, and the ends of the class's ranges.
 */
final class Characters {

    private static final int[] TRICKY = ("əğıİöşüçƏĞIÖŞÜÇiЖщЁёЇљмммдمحمدعبدआनि한국字ქართ"
                    + "\u0301\u0307\u0327\u064E\u093F\u20DD\u00C5\u212B\u1E9Eßﬁŉǅ\u1FFF\u00A1\uD7A3\uF900\uFFDC"
                    + "’'.- <>&\"\\]/%{}`~!\u202F\u2030\u205E\u00DF\uFDF0\uFDCF\uFDD0\uFDEF\uFEFE\uFFFD")
            .codePoints()
            .toArray();

    private final Pattern members;
    private final List<int[]> ranges = new ArrayList<>();

    /** @param written one class, one escape or one character of a pattern of XML Schema */
    Characters(String written) {
        this.members = Pattern.compile(written);
        boolean isClass = written.startsWith("[");
        String inside = isClass ? written.substring(1, written.length() - 1) : written;
        for (int at = 0; at < inside.length(); ) {
            int end = unit(inside, at);
            String unit = inside.substring(at, end);
            if (isClass && end + 1 < inside.length() && inside.charAt(end) == '-') {
                int last = unit(inside, end + 1);
                ranges.add(new int[] {character(unit), character(inside.substring(end + 1, last))});
                end = last;
            } else if (unit.startsWith("\\p")) {
                ranges.add(new int[] {0x20, 0xFFFD});
            } else {
                ranges.add(new int[] {character(unit), character(unit)});
            }
            at = end;
        }
    }

    String one(Random random) {
        while (true) {
            String text = new String(Character.toChars(candidate(random)));
            if (members.matcher(text).matches()) {
                return text;
            }
        }
    }

    private int candidate(Random random) {
        int[] range = ranges.get(random.nextInt(ranges.size()));
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> TRICKY[random.nextInt(TRICKY.length)];
            case 3 -> range[random.nextInt(2)];
            default -> range[0] + random.nextInt(range[1] - range[0] + 1);
        };
    }

    /** Where the unit that begins here ends: a character, an escape or a category. */
    static int unit(String text, int at) {
        if (text.charAt(at) != '\\') {
            return at + 1;
        }
        return text.startsWith("\\p{", at) ? text.indexOf('}', at) + 1 : at + 2;
    }

    private static int character(String unit) {
        return unit.charAt(unit.length() - 1);
    }
}
