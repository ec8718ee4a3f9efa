package io.chapar.deadline;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Term;
import io.chapar.message.Fields;
import io.chapar.message.Receipt;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * When legal terms end, in Baku. The event's day is not counted, and a term ends at 24:00 of its last day. Calendar terms
 * are not moved; working-day terms skip weekends and holidays. A negative length runs backward.
 */
public final class Terms {

    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");

    private final Set<LocalDate> holidays;

    Terms(Set<LocalDate> holidays) {
        this.holidays = Set.copyOf(holidays);
    }

    /**
     * Reads the holidays of {@code schemas/code-lists/holidays.xml}.
     *
     * @throws IllegalArgumentException when the file is missing or holds what is no day
     */
    public static Terms load(Path file) {
        try {
            NodeList entries = HardenedXml.parse(Files.readAllBytes(file)).getElementsByTagNameNS("*", "entry");
            Set<LocalDate> days = new HashSet<>();
            for (int i = 0; i < entries.getLength(); i++) {
                days.add(LocalDate.parse(((Element) entries.item(i)).getAttribute("code")));
            }
            return new Terms(days);
        } catch (IOException | Malformed | DateTimeException e) {
            throw new IllegalArgumentException(file + " does not list days off work: " + e.getMessage(), e);
        }
    }

    /** Whether the file lists any holiday of the year; without them a working-day term would end too early. */
    public boolean covers(int year) {
        return holidays.stream().anyMatch(day -> day.getYear() == year);
    }

    /** The deadline for the receipt; empty when no term of the agreement counts, or the event's date is absent. */
    public Optional<Receipt.Deadline> deadline(Agreement agreement, Fields fields, Instant acceptedAt) {
        return agreement
                .term(fields)
                .flatMap(term -> fields.text(term.from()).map(event -> due(term, event)))
                .map(due -> new Receipt.Deadline(due, !acceptedAt.isAfter(due)));
    }

    /** When this term of what is said ends; empty when the event's date is absent. */
    public Optional<Instant> due(Term term, Fields fields) {
        return fields.text(term.from()).map(event -> due(term, event));
    }

    /** When the event's day begins. */
    public Optional<Instant> dayOfEvent(Term term, Fields fields) {
        return fields.text(term.from())
                .map(event -> dayOf(event).atStartOfDay(BAKU).toInstant());
    }

    private static LocalDate dayOf(String event) {
        return event.indexOf('T') > 0
                ? OffsetDateTime.parse(event).atZoneSameInstant(BAKU).toLocalDate()
                : LocalDate.parse(event);
    }

    private Instant due(Term term, String event) {
        boolean moment = event.indexOf('T') > 0;
        LocalDate day = dayOf(event);
        return switch (term.unit()) {
            case HOURS ->
                (moment ? OffsetDateTime.parse(event).toInstant() : endOf(day)).plusSeconds(term.length() * 3600L);
            case CALENDAR_DAYS -> endOf(day.plusDays(term.length()));
            case WORKING_DAYS -> endOf(workingDays(day, term.length()));
            case MONTHS -> endOf(day.plusMonths(term.length()));
        };
    }

    private LocalDate workingDays(LocalDate from, int length) {
        LocalDate day = from;
        int step = Integer.signum(length);
        for (int counted = 0; counted < Math.abs(length); ) {
            day = day.plusDays(step);
            if (isWorkingDay(day)) {
                counted++;
            }
        }
        return day;
    }

    private boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(BAKU).toInstant();
    }
}
