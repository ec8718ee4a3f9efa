package io.chapar.sandbox.load;

import java.io.IOException;
import java.time.Duration;

/** A thousand senders at once: nobody may get what is another's. */
final class CrowdTrial implements LoadTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ASKING = 32;

    private final Plan plan;

    CrowdTrial(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        findings.say("%d senders at once", plan.senders());
        try (var mail = station.mail(plan.senders())) {
            SenderCrowd crowd = new SenderCrowd(mail, station.source(), station.checks(), station.arrivals());
            long begin = System.nanoTime();
            crowd.send(plan.senders());
            findings.figure("messages with a receipt", crowd.accepted());
            findings.figure("told to come again, and did", crowd.toldToComeAgain());
            findings.figure("seconds until all had their receipts", (System.nanoTime() - begin) / 1e9);
            findings.must(
                    station.counter().await(crowd::everythingArrived, PATIENCE.toNanos()),
                    "not everything was delivered");
            findings.must(
                    station.counter().await(crowd::everythingDelivered, PATIENCE.toNanos()),
                    "not everything is delivered in the record");
            crowd.compare(ASKING);
            findings.none(crowd.wrong());
            findings.figure("faults found", crowd.wrong().size());
        }
        findings.figure("resident at most, MB", station.sample().mostResidentMegabytes());
    }
}
