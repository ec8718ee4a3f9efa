package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Everything that the receiving agencies saw, and how much is on its way to them. */
final class Sightings implements Witness {

    private static final long PATIENCE_MINUTES = 5;

    /** What an agency turns away because it was told to. */
    private static final String TOLD_TO = "told-to-";

    private final Map<UUID, Journey> journeys = new ConcurrentHashMap<>();
    private final Queue<String> astonishing = new ConcurrentLinkedQueue<>();
    private final Map<PartyCode, LongAdder> misbehaviours = new ConcurrentHashMap<>();
    private final AtomicLong places = new AtomicLong();
    private final Semaphore room;
    private final int most;

    /** @param most that may be on its way at once, so that senders do not run away from receivers */
    Sightings(int most) {
        this.room = new Semaphore(most);
        this.most = most;
    }

    /** Before a message is sent for the first time; waits while too much is on its way. */
    void expect(Journey journey) throws InterruptedException {
        if (!room.tryAcquire(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new BrokenPromise("nothing arrived for " + PATIENCE_MINUTES + " minutes");
        }
        journeys.put(journey.messageId(), journey);
        if (journey.expected().isEmpty()) {
            room.release();
        }
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        Journey journey = journeys.get(messageId);
        if (journey == null) {
            astonishing.add(receiver + " received " + messageId + ", which nobody sent");
        } else if (journey.arrived(receiver, places.incrementAndGet(), first)) {
            room.release();
        }
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        // What was acknowledged is counted by the gateway; here it counts what arrived.
    }

    @Override
    public void misbehaved(PartyCode agency) {
        misbehaviours.computeIfAbsent(agency, first -> new LongAdder()).increment();
    }

    /** How often it misbehaved, as it was told to. */
    long misbehaviours(PartyCode agency) {
        LongAdder its = misbehaviours.get(agency);
        return its == null ? 0 : its.sum();
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        if (!why.startsWith(TOLD_TO)) {
            astonishing.add(receiver + " turned a delivery away: " + why);
        }
    }

    /** Whatever must not happen at all. */
    List<String> astonishing() {
        return List.copyOf(astonishing);
    }

    /** Messages that have not arrived everywhere. */
    int onTheWay() {
        return most - room.availablePermits();
    }

    /** Whether so much is on its way that senders would soon have to wait. */
    boolean crowded() {
        return onTheWay() > most / 2;
    }

    List<String> astray() {
        return found(journey -> !journey.whereItMustBe(), "did not go where it had to");
    }

    List<String> effectsOtherThanOne() {
        return found(
                journey -> journey.seen().values().stream().anyMatch(sight -> sight.effects() != 1),
                "had not exactly one effect");
    }

    private List<String> found(Predicate<Journey> wanted, String what) {
        return journeys.values().stream()
                .filter(wanted)
                .map(journey -> journey.messageId() + " " + what + ": expected " + journey.expected() + ", seen "
                        + journey.seen())
                .toList();
    }

    /** @param receipts in the order in which they were given, for one ordering key */
    static List<String> outOfOrder(List<Journey> receipts) {
        List<String> wrong = new ArrayList<>();
        Map<PartyCode, Journey> last = new HashMap<>();
        for (Journey journey : receipts) {
            journey.seen().forEach((receiver, sight) -> {
                Journey before = last.put(receiver, journey);
                if (before != null && placeOf(before, receiver) > sight.place()) {
                    wrong.add(receiver + " saw " + journey.messageId() + " before " + before.messageId()
                            + ", which has the earlier receipt and the same ordering key");
                }
            });
        }
        return wrong;
    }

    private static long placeOf(Journey journey, PartyCode receiver) {
        Journey.Sight sight = journey.seen().get(receiver);
        return sight == null ? 0 : sight.place();
    }

    long arrivals() {
        return journeys.values().stream()
                .mapToLong(journey -> journey.seen().size())
                .sum();
    }

    long repeats() {
        return journeys.values().stream()
                .flatMap(journey -> journey.seen().values().stream())
                .mapToLong(sight -> sight.times() - 1L)
                .sum();
    }
}
