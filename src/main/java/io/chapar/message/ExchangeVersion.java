package io.chapar.message;

import java.util.regex.Pattern;

/** One version of one exchange of the catalogue, such as {@code birth-notification} {@code 1.0}. */
public record ExchangeVersion(String exchange, String version) implements Comparable<ExchangeVersion> {

    private static final Pattern EXCHANGE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,2}\\.[0-9]{1,3}");

    public ExchangeVersion {
        if (exchange.length() > 64 || !EXCHANGE.matcher(exchange).matches()) {
            throw new IllegalArgumentException("an exchange's code is lower-case words joined by hyphens");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("a version is two numbers and a dot, such as 1.0");
        }
    }

    /** The XML namespace of its documents. */
    public String namespace() {
        return "urn:chapar:" + exchange + ":" + version;
    }

    @Override
    public int compareTo(ExchangeVersion other) {
        int byExchange = exchange.compareTo(other.exchange);
        return byExchange != 0 ? byExchange : version.compareTo(other.version);
    }

    @Override
    public String toString() {
        return exchange + " " + version;
    }
}
