package io.chapar.sandbox.load;

import io.chapar.trust.Malformed;
import java.io.IOException;

/** What is tried: a load, and what must hold under it. */
@FunctionalInterface
interface LoadTrial {

    /** Says figures and faults to the station's findings. */
    void on(Station station) throws IOException, InterruptedException, Malformed;
}
