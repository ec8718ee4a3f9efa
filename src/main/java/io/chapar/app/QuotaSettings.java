package io.chapar.app;

import io.chapar.authenticate.QuotaLimits;
import io.chapar.message.PartyCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a party may send.
 *
 * @param messagesPerSecond in the long run; 0: nothing at all
 * @param burst that may come at once after a pause
 * @param backlog deliveries of its messages that have not ended; beyond it nothing further is accepted
 * @param refusedPerSecond of its messages that may be refused in the long run; beyond it none is looked at for a while
 * @param refusedBurst that may be refused at once after a pause
 * @param parties what is different for some, by their codes
 */
@ConfigurationProperties("chapar.quotas")
public record QuotaSettings(
        @DefaultValue("2000") double messagesPerSecond,
        @DefaultValue("4000") int burst,
        @DefaultValue("1000000") long backlog,
        @DefaultValue("100") double refusedPerSecond,
        @DefaultValue("10000") int refusedBurst,
        @DefaultValue Map<String, Different> parties) {

    /** What is not named is as for all others. */
    public record Different(
            @Nullable Double messagesPerSecond,
            @Nullable Integer burst,
            @Nullable Long backlog,
            @Nullable Double refusedPerSecond,
            @Nullable Integer refusedBurst) {}

    /** Of all who are not named. */
    QuotaLimits usual() {
        return new QuotaLimits(messagesPerSecond, burst, backlog, refusedPerSecond, refusedBurst);
    }

    /** Of those who are named. */
    Map<PartyCode, QuotaLimits> byParty() {
        Map<PartyCode, QuotaLimits> limits = new HashMap<>();
        parties.forEach((code, own) -> limits.put(
                new PartyCode(code),
                new QuotaLimits(
                        or(own.messagesPerSecond(), messagesPerSecond),
                        or(own.burst(), burst),
                        or(own.backlog(), backlog),
                        or(own.refusedPerSecond(), refusedPerSecond),
                        or(own.refusedBurst(), refusedBurst))));
        return Map.copyOf(limits);
    }

    private static <T> T or(@Nullable T own, T usual) {
        return own == null ? usual : own;
    }
}
