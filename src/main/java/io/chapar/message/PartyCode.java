package io.chapar.message;

import java.util.regex.Pattern;

/** The code under which agreements, headers and folders name a party, such as {@code SMS} or {@code MFA-ISTANBUL}. */
public record PartyCode(String value) implements Comparable<PartyCode> {

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+)*");
    private static final int LONGEST = 32;

    /** The gateway itself. */
    public static final PartyCode CHAPAR = new PartyCode("CHAPAR");

    public PartyCode {
        if (!isOne(value)) {
            throw new IllegalArgumentException(
                    "a party code is capital letters, digits and single hyphens, at most " + LONGEST + " characters");
        }
    }

    /** Whether it has the form of a party code. */
    public static boolean isOne(String value) {
        return value.length() <= LONGEST && FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(PartyCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
