package io.chapar.authenticate;

/**
 * How much one party may send.
 *
 * @param messagesPerSecond in the long run; 0: nothing at all
 * @param burst messages that may come at once after a pause
 * @param backlog deliveries of its messages that may be under way, wait or be parked; beyond it nothing further is accepted
 */
public record QuotaLimits(double messagesPerSecond, int burst, long backlog) {

    public QuotaLimits {
        if (!(messagesPerSecond >= 0 && messagesPerSecond <= 1_000_000) || burst < 1 || backlog < 1) {
            throw new IllegalArgumentException(
                    "a quota takes messages-per-second from 0 to 1000000, burst and backlog from 1");
        }
    }
}
