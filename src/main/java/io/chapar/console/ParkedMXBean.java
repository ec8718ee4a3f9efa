package io.chapar.console;

import io.chapar.record.ParkedDelivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What receivers would not have, as administrators see it and act on it. A filter's parts may be empty; what is given
 * must all be true. Who may do what stands in {@link Permissions}.
 */
public interface ParkedMXBean {

    /** How many deliveries are parked. */
    long getCount();

    /**
     * Those that the filter means, in the order of acceptance.
     *
     * @param receiver a party's code
     * @param code of the receiver's answer, such as {@code schema} or {@code 422 schema}
     * @param parkedAfter a time such as 2019-01-31T08:00:00Z
     * @param parkedBefore the same
     */
    Shown list(
            @Nullable String receiver,
            @Nullable String exchange,
            @Nullable String code,
            @Nullable String parkedAfter,
            @Nullable String parkedBefore);

    /** Sends this one again, once. */
    Answer sendAgain(@Nullable String deliveryId);

    /** Sends again, once each, those that the filter means at this moment. All of them: {@code *} as the receiver. */
    Answer sendAllAgain(
            @Nullable String receiver,
            @Nullable String exchange,
            @Nullable String code,
            @Nullable String parkedAfter,
            @Nullable String parkedBefore);

    /** What was done: how many were sent again, and in words. JMX wants it with getters. */
    final class Answer {

        private final int sent;
        private final String text;

        Answer(int sent, String text) {
            this.sent = sent;
            this.text = text;
        }

        public int getSent() {
            return sent;
        }

        public String getText() {
            return text;
        }
    }

    /** A list, and what is to be said to it: how many there are, or why none can be shown. */
    final class Shown {

        private final List<Entry> parked;
        private final boolean understood;
        private final String text;

        Shown(List<Entry> parked, boolean understood, String text) {
            this.parked = List.copyOf(parked);
            this.understood = understood;
            this.text = text;
        }

        public List<Entry> getParked() {
            return parked;
        }

        public boolean isUnderstood() {
            return understood;
        }

        public String getText() {
            return text;
        }
    }

    /** One that is parked: ids, codes and times. */
    final class Entry {

        private final ParkedDelivery delivery;

        Entry(ParkedDelivery delivery) {
            this.delivery = delivery;
        }

        public String getDeliveryId() {
            return delivery.deliveryId().toString();
        }

        public String getMessageId() {
            return delivery.messageId().toString();
        }

        public String getSender() {
            return delivery.sender().value();
        }

        public String getReceiver() {
            return delivery.receiver().value();
        }

        public String getExchange() {
            return delivery.exchange().exchange();
        }

        public String getVersion() {
            return delivery.exchange().version();
        }

        public String getCode() {
            return delivery.code();
        }

        public String getSince() {
            return delivery.since().toString();
        }

        public int getAttempts() {
            return delivery.attempts();
        }
    }
}
