package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.PartyKeys;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All receiving agencies: told how to behave, one by one, or not there at all. */
final class Receivers implements AutoCloseable {

    private final Agencies agencies;
    private final PartyKeys keys;
    private final int port = GatewayProcess.freePort();
    private @Nullable AgencyServer server;

    Receivers(Agencies agencies, PartyKeys keys) {
        this.agencies = agencies;
        this.keys = keys;
    }

    int port() {
        return port;
    }

    void open() {
        if (server == null) {
            AgencyServer fresh = new AgencyServer(
                    port, keys, agencies, new ControlDesk(agencies, stream -> stream.println("Not here.")));
            fresh.start();
            server = fresh;
        }
    }

    /** Nobody listens at their address any more. */
    void shut() {
        AgencyServer open = server;
        if (open != null) {
            open.close();
            server = null;
        }
    }

    void suffer(PartyCode party, Schedule.Next next) {
        Mood.Kind kind = next.fault().mood().orElseThrow();
        agencies.become(party, new Mood(kind, next.fault() == Fault.SLOW ? next.delay() : Duration.ZERO));
    }

    void recover(PartyCode party) {
        agencies.become(party, Mood.WELL);
    }

    @Override
    public void close() {
        shut();
    }
}
