package io.chapar.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts that match a pattern of XML Schema, short, long or of any length. It reads what our patterns are made of:
 * characters, classes, categories, groups, alternatives and quantifiers.
 */
final class PatternTexts {

    /** How often what may be repeated is repeated. */
    enum Length {
        LEAST,
        ANY,
        MOST
    }

    /** A part of the pattern writes a text that it matches. */
    private interface Part {
        void write(Writing writing);
    }

    private record Writing(StringBuilder text, Random random, Length length, int room) {
        int repeats(int least, int most) {
            int left = Math.max(least, Math.min(most, room - text.length()));
            return switch (length) {
                case LEAST -> least;
                case MOST -> left;
                case ANY -> least + random.nextInt(Math.min(left, least + 12) - least + 1);
            };
        }
    }

    private final String pattern;
    private final Part whole;
    private int at;

    PatternTexts(String pattern) {
        this.pattern = pattern;
        this.whole = alternatives();
        if (at != pattern.length()) {
            throw new IllegalArgumentException("a pattern that the generator cannot read: " + pattern);
        }
    }

    String text(Random random, Length length, int most) {
        for (int room = most; ; room--) {
            StringBuilder text = new StringBuilder();
            whole.write(new Writing(text, random, length, room));
            if (text.length() <= most) {
                return text.toString();
            }
        }
    }

    private Part alternatives() {
        List<Part> all = new ArrayList<>();
        all.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            all.add(sequence());
        }
        return writing -> all.get(writing.random().nextInt(all.size())).write(writing);
    }

    private Part sequence() {
        List<Part> all = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            all.add(quantified(atom()));
        }
        return writing -> all.forEach(part -> part.write(writing));
    }

    private Part atom() {
        int begin = at;
        char first = pattern.charAt(at);
        if (first == '(') {
            at++;
            Part group = alternatives();
            at++;
            return group;
        }
        if (first == '[') {
            while (pattern.charAt(at) != ']') {
                at = Characters.unit(pattern, at);
            }
            at++;
        } else {
            at = Characters.unit(pattern, at);
        }
        Characters characters = new Characters(pattern.substring(begin, at));
        return writing -> writing.text().append(characters.one(writing.random()));
    }

    private Part quantified(Part part) {
        int[] bounds = bounds();
        return writing -> {
            int repeats = writing.repeats(bounds[0], bounds[1]);
            for (int i = 0; i < repeats; i++) {
                part.write(writing);
            }
        };
    }

    private int[] bounds() {
        char sign = at < pattern.length() ? pattern.charAt(at) : ' ';
        switch (sign) {
            case '?':
                at++;
                return new int[] {0, 1};
            case '*':
                at++;
                return new int[] {0, Integer.MAX_VALUE};
            case '+':
                at++;
                return new int[] {1, Integer.MAX_VALUE};
            case '{':
                int end = pattern.indexOf('}', at);
                String[] numbers = pattern.substring(at + 1, end).split(",", -1);
                at = end + 1;
                int least = Integer.parseInt(numbers[0]);
                return new int[] {least, numbers.length == 1 ? least : Integer.parseInt(numbers[1])};
            default:
                return new int[] {1, 1};
        }
    }
}
