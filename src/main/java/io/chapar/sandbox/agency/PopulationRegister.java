package io.chapar.sandbox.agency;

import io.chapar.sandbox.post.People;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A register of people who do not exist. Whoever is asked for twice is the same person both times, because the person is
 * made from the number; one in six numbers and documents belongs to nobody.
 */
final class PopulationRegister implements Register {

    private static final int NOBODY = 6;
    private static final List<String> REGIONS =
            List.of("AZ-BA-NSM", "AZ-BA-YSM", "AZ-BA-XTI", "AZ-GA", "AZ-SM", "AZ-LA");

    @Override
    public Optional<Map<String, Object>> find(Content question) {
        return find(question.text("/identificationNumber"), question.text("/document/number"));
    }

    private static Optional<Map<String, Object>> find(
            Optional<String> identificationNumber, Optional<String> documentNumber) {
        String key = identificationNumber.or(() -> documentNumber).orElse("");
        Random fate = Fate.of(key);
        if (key.isEmpty() || fate.nextInt(NOBODY) == 0) {
            return Optional.empty();
        }
        People people = new People(fate);
        People.Person person = people.citizen(fate.nextBoolean());
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("identificationNumber", identificationNumber.orElseGet(people::identificationNumber));
        found.put("familyName", person.familyName());
        found.put("givenName", person.givenName());
        found.put("patronymicName", person.patronymicName());
        found.put("birthDate", person.birthDate().toString());
        found.put("sex", person.sex());
        found.put("nationality", "AZE");
        found.put("status", "living");
        Map<String, Object> residence = new LinkedHashMap<>();
        residence.put("region", REGIONS.get(fate.nextInt(REGIONS.size())));
        residence.put("thoroughfare", "Nizami küçəsi");
        residence.put("locatorDesignator", Integer.toString(1 + fate.nextInt(120)));
        found.put("residence", residence);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "identity-card");
        document.put("number", documentNumber.orElseGet(() -> "AA" + (1_000_000 + fate.nextInt(9_000_000))));
        document.put("issueDate", "2021-03-15");
        document.put("issuer", "AZE");
        found.put("identityDocument", List.of(document));
        return Optional.of(Map.of("person", found));
    }
}
