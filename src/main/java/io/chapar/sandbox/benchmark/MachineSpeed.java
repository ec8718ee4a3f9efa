package io.chapar.sandbox.benchmark;

import io.chapar.message.Signer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How fast this machine is just now. The same machine may be half as fast an hour later, because others use it too:
 * figures are worth comparing only where this one is alike.
 */
final class MachineSpeed {

    private static final int WARM = 4_000;
    private static final int COUNTED = 2_000;

    private final double signatureMicros;

    private MachineSpeed(double signatureMicros) {
        this.signatureMicros = signatureMicros;
    }

    /** Takes about a second; nothing else may run meanwhile. */
    static MachineSpeed measure(Signer signer) {
        byte[] payload = new byte[1_000];
        for (int i = 0; i < WARM; i++) {
            signer.detachedJws(payload);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < COUNTED; i++) {
            signer.detachedJws(payload);
        }
        return new MachineSpeed((threads.getCurrentThreadCpuTime() - before) / 1000.0 / COUNTED);
    }

    /** CPU time of one signature of a small document, in microseconds, when nothing else runs. */
    double signatureMicros() {
        return signatureMicros;
    }
}
