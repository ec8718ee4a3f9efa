package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a sender does who wants to know what is still under way: it turns page after page of the list of what waits. */
final class WaitingPages {

    private static final int PAGES = 5;
    private static final int OF_ONE_PAGE = 100;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Pattern CURSOR = Pattern.compile("\"cursor\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"messageId\"\\s*:\\s*\"([^\"]+)\"");

    private final Findings findings;
    private final GatewayConnection sender;
    private final String address;

    /** @param since when its first message was sent that waits */
    WaitingPages(Station station, PartyCode sender, Instant since) {
        this.findings = station.findings();
        this.sender = station.mail().connection(sender);
        this.address = "/api/v1/messages?state=waiting&since=" + since;
    }

    /** @param waiting how many of this sender wait */
    void turn(long waiting) throws IOException {
        // Its handshake is no part of a page.
        sender.get("/api/v1/exchanges");
        Set<String> seen = new HashSet<>();
        Optional<String> cursor = Optional.of("");
        long longest = 0;
        for (int page = 0; page < PAGES && cursor.isPresent(); page++) {
            long begin = System.nanoTime();
            Reply reply = sender.get(address + cursor.get());
            longest = Math.max(longest, System.nanoTime() - begin);
            findings.must(reply.status() == 200, "a page of what waits is refused: " + reply.refusal());
            ID.matcher(reply.text()).results().map(id -> id.group(1)).forEach(seen::add);
            cursor = CURSOR.matcher(reply.text())
                    .results()
                    .map(next -> "&cursor=" + next.group(1))
                    .findFirst();
        }
        findings.figure("on the first " + PAGES + " pages of what waits", seen.size());
        findings.figure("  the slowest, ms", longest / 1e6);
        findings.must(
                seen.size() == Math.min(PAGES * OF_ONE_PAGE, waiting), "the pages do not show each that waits once");
        findings.must(longest <= LONGEST.toNanos(), "paging through what waits is slow");
    }
}
