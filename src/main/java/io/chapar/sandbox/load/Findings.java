package io.chapar.sandbox.load;

import io.chapar.sandbox.faults.Report;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What came out of a trial: its figures, and what is wrong. */
public final class Findings {

    /** Of a promise. */
    public enum Verdict {
        KEPT,
        BROKEN,
        /** What was measured does not tell. */
        UNCLEAR
    }

    private static final int SHOWN = 10;

    private final Report report;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();

    public Findings(Report report) {
        this.report = report;
    }

    public void say(String format, Object... values) {
        report.line(format, values);
    }

    /** Only for the file. */
    void fact(String name, Object value) {
        report.fact(name, value);
    }

    void figure(String name, long value) {
        report.line("%-48s %,14d", name, value);
        report.fact(name, value);
    }

    void figure(String name, double value) {
        report.line("%-48s %,14.2f", name, value);
        report.fact(name, BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP));
    }

    public void must(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    public void none(Collection<String> those) {
        those.stream().limit(SHOWN).forEach(wrong::add);
        if (those.size() > SHOWN) {
            wrong.add("and " + (those.size() - SHOWN) + " more of that kind");
        }
    }

    void unclear(Collection<String> those) {
        unclear.addAll(those);
    }

    /** Says it, too. What is wrong counts before what is unclear. */
    public Verdict tell() {
        wrong.forEach(one -> report.line("WRONG: %s", one));
        unclear.forEach(one -> report.line("UNCLEAR: %s", one));
        Verdict verdict = !wrong.isEmpty() ? Verdict.BROKEN : unclear.isEmpty() ? Verdict.KEPT : Verdict.UNCLEAR;
        report.fact("kept", verdict == Verdict.KEPT);
        report.line(
                "%s",
                switch (verdict) {
                    case KEPT -> "The promise was kept.";
                    case BROKEN -> "The promise was broken.";
                    case UNCLEAR -> "Whether the promise was kept cannot be told.";
                });
        return verdict;
    }
}
