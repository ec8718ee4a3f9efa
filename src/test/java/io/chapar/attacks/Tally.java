package io.chapar.attacks;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What came of the attacks, by class. */
public final class Tally {

    private final Map<String, Row> rows = new ConcurrentSkipListMap<>();

    private static final class Row {
        private int tried;
        private final Map<String, Integer> answers = new TreeMap<>();
        private Duration longest = Duration.ZERO;
        private String longestCase = "";
        private Duration together = Duration.ZERO;
    }

    /** @param answer the code of the problem, or how else it ended */
    public void count(Attack attack, String answer, Duration took) {
        Row row = rows.computeIfAbsent(attack.kind(), kind -> new Row());
        synchronized (row) {
            row.tried++;
            row.together = row.together.plus(took);
            row.answers.merge(answer, 1, Integer::sum);
            if (took.compareTo(row.longest) > 0) {
                row.longest = took;
                row.longestCase = attack.situation();
            }
        }
    }

    /** How many were tried in all. */
    public int tried() {
        return rows.values().stream().mapToInt(row -> row.tried).sum();
    }

    /** For people to read. */
    public String table() {
        StringBuilder table = new StringBuilder();
        rows.forEach((kind, row) -> table.append(String.format(
                Locale.ROOT,
                "%-40s %7d in %d ms  %s; longest %d ms: %s%n",
                kind,
                row.tried,
                row.together.toMillis(),
                row.answers,
                row.longest.toMillis(),
                row.longestCase)));
        return table.append(String.format(Locale.ROOT, "%-40s %7d%n", "all", tried()))
                .toString();
    }
}
