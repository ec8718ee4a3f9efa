package io.chapar.sandbox.faults;

import io.chapar.message.Party;
import io.chapar.sandbox.agency.Mood;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be broken. */
public enum Fault {
    KILL(Place.GATEWAY, "the gateway is killed (kill -9), now and then once more while it starts"),
    WIPE(Place.GATEWAY, "it is killed, and the whole folder of its broker deleted before it starts again"),
    STOP(
            Place.GATEWAY,
            "it is stopped in order, and before the next start an administrator sends again what is parked"),
    DATABASE(Place.GATEWAY, "the database server is killed and started again (with --database beside)"),
    DISK_FULL(Place.MACHINE, "the file system with the gateway's data has no room left (as root, on Linux)"),
    CLOCK_FORWARD(Place.MACHINE, "the gateway's clock jumps forward, and back"),
    CLOCK_BACK(Place.MACHINE, "the gateway's clock jumps back, and forward again"),
    BROKER(Place.BROKER, "the broker is killed, and started again (with --broker beside)"),
    LINK_CUT(Place.BROKER, "the link between gateway and broker breaks, or goes silent (with --broker beside)"),
    LINK_SLOW(Place.BROKER, "the link between gateway and broker is slow (with --broker beside)"),
    AWAY(Place.ALL_RECEIVERS, "connections to all receivers, and to the timestamping authority, are refused"),
    RECEIVERS_CUT(Place.ALL_RECEIVERS, "connections to all receivers break, or go silent and stay open"),
    RECEIVERS_SLOW(Place.ALL_RECEIVERS, "what goes to receivers and comes back takes its time, handshakes too"),
    DOWN(Place.CALLED_OR_FETCHING, Mood.Kind.DOWN, "a receiver hangs up without a word, or does not fetch"),
    CUT(Place.CALLED, Mood.Kind.CUT, "a receiver's acknowledgement breaks off in the middle"),
    SLOW(Place.CALLED, Mood.Kind.UP, "a receiver answers after seconds, now and then longer than the gateway waits"),
    ERROR(Place.CALLED, Mood.Kind.ERROR, "a receiver says 500"),
    WRONG_DIGEST(Place.CALLED_OR_FETCHING, Mood.Kind.WRONG_DIGEST, "a receiver acknowledges something else"),
    REFUSE(Place.CALLED_OR_FETCHING, Mood.Kind.REFUSE_ONCE, "a receiver will not have one delivery: it is parked"),
    SILENT(Place.CALLED_OR_FETCHING, Mood.Kind.SILENT, "a receiver takes and keeps, and its acknowledgements get lost"),
    TWICE(Place.FETCHING, Mood.Kind.TWICE, "a receiver that reads a mailbox or a queue acknowledges twice"),
    LOST_RECEIPT(Place.SENDERS, "senders lose their receipts and send the same message again");

    /** Who suffers. */
    enum Place {
        GATEWAY,
        /** What the gateway stands on. */
        MACHINE,
        /** The broker, where it is a process of its own, or the way to it. */
        BROKER,
        ALL_RECEIVERS,
        /** One receiver that the gateway calls. */
        CALLED,
        /** One receiver with a mailbox or a queue. */
        FETCHING,
        CALLED_OR_FETCHING,
        SENDERS;

        boolean hits(Party.Channel channel) {
            boolean called = channel == Party.Channel.REST || channel == Party.Channel.SOAP;
            return this == CALLED_OR_FETCHING || (called ? this == CALLED : this == FETCHING);
        }
    }

    private final Place place;
    private final Optional<Mood.Kind> mood;
    private final String text;

    Fault(Place place, String text) {
        this.place = place;
        this.mood = Optional.empty();
        this.text = text;
    }

    Fault(Place place, Mood.Kind mood, String text) {
        this.place = place;
        this.mood = Optional.of(mood);
        this.text = text;
    }

    Place place() {
        return place;
    }

    /** How a receiver behaves that has it. */
    Optional<Mood.Kind> mood() {
        return mood;
    }

    /** As it is written in commands, such as {@code lost-receipt}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens, in words. */
    public String text() {
        return text;
    }

    public static Optional<Fault> ofWord(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }
}
