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
 * @param parties what is different for some, by their codes
 */
@ConfigurationProperties("chapar.quotas")
public record QuotaSettings(
        @DefaultValue("2000") double messagesPerSecond,
        @DefaultValue("4000") int burst,
        @DefaultValue("1000000") long backlog,
        @DefaultValue Map<String, Different> parties) {

    /** What is not named is as for all others. */
    public record Different(
            @Nullable Double messagesPerSecond,
            @Nullable Integer burst,
            @Nullable Long backlog) {}

    /** Of all who are not named. */
    QuotaLimits usual() {
        return new QuotaLimits(messagesPerSecond, burst, backlog);
    }

    /** Of those who are named. */
    Map<PartyCode, QuotaLimits> byParty() {
        Map<PartyCode, QuotaLimits> limits = new HashMap<>();
        parties.forEach((code, own) -> limits.put(
                new PartyCode(code),
                new QuotaLimits(
                        own.messagesPerSecond() == null ? messagesPerSecond : own.messagesPerSecond(),
                        own.burst() == null ? burst : own.burst(),
                        own.backlog() == null ? backlog : own.backlog())));
        return Map.copyOf(limits);
    }
}
