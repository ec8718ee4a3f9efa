package io.chapar.sandbox.post;

import java.util.Map;

/**
 * How many messages of each exchange a year has: 2018, as the third periodic report of the Republic of Azerbaijan to the
 * Committee on Migrant Workers counts it. Where it has no figure for the year, the nearest that it has.
 */
public final class Year2018 {

    private static final Map<String, Long> MESSAGES = Map.of(
            // entries and exits of foreigners and stateless persons: ¶235, reply to paragraph 28 (a)
            "border-crossing", 2_845_697L + 2_842_773L,
            // ¶235, reply to paragraph 28 (a)
            "stay-registration", 740_841L,
            // temporary and permanent: ¶235, reply to paragraph 28 (a)
            "residence-permit", 41_030L + 3_220L,
            // citizens registered at consulates, 2017: a stock, taken as a year's registrations; ¶33
            "consular-registration", 16_000L,
            // ¶244
            "return-certificate", 10_419L,
            // employment contracts with foreigners, mid-2019: a stock, likewise; ¶36
            "labour-contract-notification", 9_576L,
            // 29,661 in three years and a half; ¶35
            "work-permit", 8_475L,
            // with a foreign or stateless parent, 11,140 in six years; of others the report has no figure; ¶138
            "birth-notification", 1_857L,
            // ¶235, reply to paragraph 28 (a)
            "stay-extension", 418L);

    private Year2018() {}

    /** 0 when the report has no figure for it. */
    public static long messages(String exchange) {
        return MESSAGES.getOrDefault(exchange, 0L);
    }

    /** Of all exchanges that have a figure: 6.5 million. */
    public static long messages() {
        return MESSAGES.values().stream().mapToLong(Long::longValue).sum();
    }
}
