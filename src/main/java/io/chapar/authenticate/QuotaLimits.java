package io.chapar.authenticate;

/**
 * How much one party may send.
 *
 * @param messagesPerSecond in the long run; 0: nothing at all
 * @param burst messages that may come at once after a pause
 * @param backlog deliveries of its messages that may be under way, wait or be parked; beyond it nothing further is accepted
 * @param refusedPerSecond of its messages that may be refused in the long run; beyond it none is looked at for a while
 * @param refusedBurst that may be refused at once after a pause
 */
public record QuotaLimits(
        double messagesPerSecond, int burst, long backlog, double refusedPerSecond, int refusedBurst) {

    private static final double MOST = 1_000_000;

    public QuotaLimits {
        if (!(messagesPerSecond >= 0 && messagesPerSecond <= MOST)
                || !(refusedPerSecond > 0 && refusedPerSecond <= MOST)
                || burst < 1
                || refusedBurst < 1
                || backlog < 1) {
            throw new IllegalArgumentException(
                    "a quota takes messages-per-second from 0 to 1000000, refused-per-second above 0 to 1000000,"
                            + " burst, refused-burst and backlog from 1");
        }
    }

    CellRate.Limit sent() {
        return new CellRate.Limit(messagesPerSecond, burst);
    }

    CellRate.Limit refused() {
        return new CellRate.Limit(refusedPerSecond, refusedBurst);
    }
}
