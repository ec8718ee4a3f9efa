package io.chapar.app.broker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues that something is for and that the broker does not have. Each is told once; what is for it waits in the record, and
 * everything else goes on.
 */
public final class MissingQueues {

    private static final Logger LOG = LoggerFactory.getLogger(MissingQueues.class);

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Set<String> metLately = ConcurrentHashMap.newKeySet();

    /** Something is for this queue, and it is not there. */
    public void met(String queue) {
        metLately.add(queue);
        if (missing.add(queue)) {
            LOG.error(
                    "the broker has no queue {}: what is for it waits in the record, everything else goes on. A pair of"
                            + " brokers outside makes its queues at its start: see docs/several-nodes.md",
                    queue);
        }
    }

    /** From now on all that waits is looked at. */
    public void beginLook() {
        metLately.clear();
    }

    /** All that waits was looked at: a queue that was not met since is there now, or nothing is for it any more. */
    public void endLook() {
        missing.removeIf(queue -> {
            boolean settled = !metLately.contains(queue);
            if (settled) {
                LOG.info("nothing waits for want of the queue {} any more", queue);
            }
            return settled;
        });
    }

    public int count() {
        return missing.size();
    }
}
