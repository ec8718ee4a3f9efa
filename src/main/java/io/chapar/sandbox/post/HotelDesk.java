package io.chapar.sandbox.post;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Registers foreigners who stay in a hotel. */
final class HotelDesk extends Desk {

    private static final String HOTEL = "HOTEL-1";
    private static final int LONGEST_STAY_DAYS = 30;

    HotelDesk(RandomGenerator random, Clock clock) {
        super(random, clock);
    }

    Draft stay() {
        Map<String, Object> guest = people.traveller();
        boolean stateless = "XXA".equals(guest.get("nationality"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", stateless ? "stateless-travel-document" : "passport");
        document.put("number", people.documentNumber("P", 8));
        document.put("issuer", stateless ? "TUR" : guest.get("nationality"));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("guest", guest);
        content.put("document", document);
        content.put("arrivalDate", today().toString());
        content.put(
                "departureDate",
                today().plusDays(1 + random.nextInt(LONGEST_STAY_DAYS)).toString());
        content.put("place", Map.of("region", "AZ-BA-SBL"));
        return draft("stay-registration", HOTEL, content);
    }
}
