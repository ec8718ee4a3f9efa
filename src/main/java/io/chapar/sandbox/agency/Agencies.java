package io.chapar.sandbox.agency;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.PartyKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All simulated agencies, by their codes. */
public final class Agencies {

    /** @param signs whether the party directory wants its acknowledgements signed */
    public record Seat(PartyCode code, boolean signs) {
        public static Seat of(Party party) {
            return new Seat(party.code(), party.acknowledgementSigned());
        }
    }

    private final Map<String, Agency> all = new TreeMap<>();
    private final Map<String, Answers> providers = new TreeMap<>();
    private final TimestampDesk timestamps;

    /** @param office what the register of population does about births */
    public Agencies(
            Collection<Seat> seats,
            Path certificates,
            DeliveryMemory memory,
            Optional<BirthOffice> office,
            Witness witness,
            Clock clock) {
        this(seats, certificates, memory, office, registers(clock), witness, clock);
    }

    /** @param registers what those who answer questions know */
    public Agencies(
            Collection<Seat> seats,
            Path certificates,
            DeliveryMemory memory,
            Optional<BirthOffice> office,
            Map<PartyCode, Register> registers,
            Witness witness,
            Clock clock) {
        this.timestamps = TimestampDesk.of(certificates, clock);
        Checks checks =
                new Checks(PartyKeys.load(certificates, PartyCode.CHAPAR).signingCertificate(), clock);
        for (Seat seat : seats) {
            PartyCode code = seat.code();
            if (code.equals(PartyCode.CHAPAR)) {
                continue;
            }
            PartyKeys keys = PartyKeys.load(certificates, code);
            Effect effect = code.equals(BirthOffice.REGISTER) && office.isPresent() ? office.get() : Effect.NONE;
            all.put(
                    code.value(),
                    new Agency(
                            code,
                            seat.signs() ? Optional.of(keys.signer()) : Optional.empty(),
                            checks,
                            memory,
                            effect,
                            witness,
                            clock));
            Register register = registers.get(code);
            if (register != null) {
                providers.put(code.value(), new Answers(code, keys.signer(), checks, register, clock));
            }
        }
    }

    private static Map<PartyCode, Register> registers(Clock clock) {
        return Map.of(
                BirthOffice.REGISTER, new PopulationRegister(), new PartyCode("SMS"), new MigrationRegister(clock));
    }

    /** @throws IllegalArgumentException when there is no such agency */
    public void become(PartyCode party, Mood mood) {
        agency(party.value())
                .orElseThrow(() -> new IllegalArgumentException("there is no agency " + party))
                .become(mood);
    }

    /** Not an agency, but nobody else is there to play it. */
    public TimestampDesk timestamps() {
        return timestamps;
    }

    long delay(Call call) {
        return agency(call.party()).map(one -> one.mood().delay().toMillis()).orElse(0L);
    }

    Answer answer(Call call) {
        Optional<Agency> agency = agency(call.party());
        if (agency.isEmpty()) {
            return Call.refused(404);
        }
        try {
            return switch (call.purpose()) {
                case "deliveries", "soap" -> agency.get().receive(call.delivery());
                case "queries" -> answered(call, agency.get());
                default -> Call.refused(404);
            };
        } catch (IllegalArgumentException e) {
            return Call.refused(400);
        }
    }

    private Answer answered(Call call, Agency agency) {
        Answers provider = providers.get(call.party());
        return provider == null ? Call.refused(404) : provider.answer(call.delivery(), agency.mood());
    }

    Optional<Agency> agency(String code) {
        return Optional.ofNullable(all.get(code));
    }

    Collection<Agency> all() {
        return all.values();
    }
}
