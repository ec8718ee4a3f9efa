package io.chapar.sandbox.matrix;

import io.chapar.message.Agreement;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Prints the matrix: a row for each exchange, for each way in a column for each way out. */
final class Table {

    private static final String LEGEND = """

            Above, how it was handed in; below, the channel of the receivers. A number counts deliveries that were
            acknowledged with the right digest, and for queries answers whose signature and questionDigest were verified;
            three samples each. Providers are asked over SOAP where that is their channel, else over REST.""";

    private final Collection<Agreement> agreements;
    private final List<String> ways;
    private final List<Outbound> channels;
    private final Results results;

    Table(Collection<Agreement> agreements, List<String> ways, List<Outbound> channels, Results results) {
        this.agreements = agreements;
        this.ways = ways;
        this.channels = channels;
        this.results = results;
    }

    /** Returns how many cells are empty. */
    int print(PrintWriter out) {
        int first =
                agreements.stream().mapToInt(each -> label(each).length()).max().orElse(0) + 1;
        StringBuilder above = new StringBuilder(padded("", first));
        StringBuilder below = new StringBuilder(padded("exchange", first));
        for (String way : ways) {
            above.append("| ").append(padded(way, channels.size() * 8));
            below.append("| ");
            channels.forEach(channel -> below.append(padded(channel.word(), 8)));
        }
        out.println();
        out.println(above.toString().stripTrailing());
        out.println(below.toString().stripTrailing());
        int empty = 0;
        for (Agreement each : agreements) {
            StringBuilder row = new StringBuilder(padded(label(each), first));
            for (String way : ways) {
                row.append("| ");
                for (Outbound channel : channels) {
                    int cell = results.of(new Results.Cell(each.exchange().exchange(), way, channel));
                    row.append(padded(cell == 0 ? "" : Integer.toString(cell), 8));
                    empty += cell == 0 ? 1 : 0;
                }
            }
            out.println(row.toString().stripTrailing());
        }
        out.println(LEGEND);
        agreements.stream()
                .filter(each -> each.disabled().isPresent())
                .forEach(each -> out.println(each.exchange().exchange()
                        + " ships disabled; here it was tried with a copy of its agreement in which it is not."));
        out.flush();
        return empty;
    }

    private static String label(Agreement agreement) {
        return agreement.exchange().exchange()
                + switch (agreement.pattern()) {
                    case NOTIFY -> agreement.disabled().isPresent() ? " (disabled)" : "";
                    case QUERY -> " (query)";
                    case EMIT -> " (emit)";
                };
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
