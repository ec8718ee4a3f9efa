package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Mood;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the world around a message is while it is sent; all is well again when this is closed. */
final class States implements AutoCloseable {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Map<String, Mood> MOODS = Map.of(
            "down", new Mood(Mood.Kind.DOWN, Duration.ZERO),
            "refuses", new Mood(Mood.Kind.REFUSE, Duration.ZERO),
            "quotes", new Mood(Mood.Kind.QUOTE, Duration.ZERO),
            "notes", new Mood(Mood.Kind.NOTE, Duration.ZERO),
            "wrong", new Mood(Mood.Kind.WRONG_DIGEST, Duration.ZERO),
            "slow", new Mood(Mood.Kind.UP, SLOW));

    private final Gateway gateway;
    private final Entry given;
    private Optional<AutoCloseable> database = Optional.empty();
    private Optional<AutoCloseable> timestamps = Optional.empty();

    States(Gateway gateway, Entry given) {
        this.gateway = gateway;
        this.given = given;
    }

    void begin() throws Exception {
        given.below("receivers").values().forEach((party, mood) -> become(party, MOODS.getOrDefault(mood, Mood.WELL)));
        if (given.has("directoryWithout")) {
            gateway.directory().write(given.texts("directoryWithout"));
            gateway.reload();
        }
        if (given.has("database")) {
            database = Optional.of(gateway.databaseAway());
        }
        if (brokerAway()) {
            gateway.broker().stop();
        }
    }

    /** What is repeated was accepted while there were timestamps. */
    void firstSent() throws Exception {
        if (given.has("timestamps")) {
            timestamps = Optional.of(gateway.timestampsAway());
        }
    }

    boolean brokerAway() {
        return given.has("broker");
    }

    boolean down(String party) {
        return given.below("receivers").text(party, "").equals("down");
    }

    void sent() throws Exception {
        if (database.isPresent()) {
            database.get().close();
            database = Optional.empty();
        }
    }

    void brokerComesBack() {
        if (brokerAway() && !gateway.broker().running()) {
            gateway.broker().start();
        }
    }

    void comesBack(String party) {
        become(party, Mood.WELL);
    }

    private void become(String party, Mood mood) {
        gateway.agencies().become(new PartyCode(party), mood);
    }

    @Override
    public void close() throws Exception {
        sent();
        if (timestamps.isPresent()) {
            timestamps.get().close();
            timestamps = Optional.empty();
        }
        brokerComesBack();
        given.below("receivers").values().keySet().forEach(this::comesBack);
        if (given.has("directoryWithout")) {
            gateway.directory().write(java.util.List.of());
            gateway.reload();
        }
    }
}
