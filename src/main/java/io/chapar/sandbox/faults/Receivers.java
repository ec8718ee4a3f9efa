package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All receiving agencies: told how to behave, one by one, or not there at all; and the road to them, which can be bad. */
final class Receivers implements AutoCloseable {

    /** What a slow road takes for each chunk; a handshake has some, so it is more than the schedule's delay in all. */
    private static final int ROAD_TIMES_FASTER = 4;

    private final Agencies agencies;
    private final PartyKeys keys;
    private final int port = GatewayProcess.freePort();
    private @Nullable AgencyServer server;
    private @Nullable Relay road;

    /** How the road is, also a new one. */
    private Consumer<Relay> weather = Relay::mend;

    Receivers(Agencies agencies, PartyKeys keys) {
        this.agencies = agencies;
        this.keys = keys;
    }

    /** Where the road begins. */
    int port() {
        return port;
    }

    void open() throws IOException {
        if (server == null) {
            int behind = GatewayProcess.freePort();
            AgencyServer fresh = new AgencyServer(
                    behind, keys, agencies, new ControlDesk(agencies, stream -> stream.println("Not here.")));
            fresh.start();
            server = fresh;
            road = new Relay(port, behind);
            weather.accept(road);
        }
    }

    /** Nobody listens at their address any more. */
    private void shut() {
        if (road != null) {
            road.close();
            road = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** All of them suffer. */
    void suffer(Schedule.Next next) {
        switch (next.fault()) {
            case AWAY -> shut();
            case RECEIVERS_SLOW -> onRoad(one -> one.slow(next.delay().dividedBy(ROAD_TIMES_FASTER)));
            case RECEIVERS_CUT -> onRoad(next.again() ? Relay::silence : Relay::cut);
            default -> throw new IllegalArgumentException(next.fault() + " is not of all receivers");
        }
    }

    private void onRoad(Consumer<Relay> change) {
        weather = change;
        if (road != null) {
            change.accept(road);
        }
    }

    /** From what all suffered. */
    void recover(Fault fault) throws IOException {
        if (fault == Fault.AWAY) {
            open();
        } else {
            onRoad(Relay::mend);
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
