package io.chapar.sandbox.post;

import io.chapar.message.Digest;
import io.chapar.message.Header.Inquiry;
import io.chapar.message.Passage;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Writes about citizens: their births, their lives abroad, and questions about them. */
final class CivilDesk extends Desk {

    private static final List<String> REGIONS = List.of(
            "AZ-BA-BIN",
            "AZ-BA-QRD",
            "AZ-BA-XTI",
            "AZ-BA-XZR",
            "AZ-BA-NRM",
            "AZ-BA-NSM",
            "AZ-BA-YSM",
            "AZ-GA",
            "AZ-SM",
            "AZ-LA");
    private static final List<String> HOSPITALS =
            List.of("Maternity Home No. 5", "Şıxəli Qurbanov adına doğum evi", "Gəncə Perinatal Mərkəzi");
    private static final List<String> PURPOSES = List.of("work", "work", "study", "family", "business");
    private static final Map<String, String> ASKERS = Map.of(
            "SBS",
            "border-control",
            "SMS",
            "residence-application",
            "MLSPP",
            "employment-contract",
            "MFA-BERLIN",
            "consular-service",
            "MH",
            "birth-notification",
            "ASAN",
            "public-service");

    CivilDesk(RandomGenerator random, Clock clock) {
        super(random, clock);
    }

    Draft birth() {
        People.Person mother = people.citizen(true);
        boolean foreigner = random.nextInt(8) == 0;
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("familyName", mother.familyName());
        who.put("givenName", mother.givenName());
        who.put("patronymicName", mother.patronymicName());
        who.put("nationality", foreigner ? "GEO" : "AZE");
        if (foreigner) {
            who.put("residenceAbroad", Map.of("country", "GEO"));
        } else {
            Map<String, Object> residence = new LinkedHashMap<>();
            residence.put("region", people.one(REGIONS));
            residence.put("thoroughfare", "28 May küçəsi");
            residence.put("locatorDesignator", Integer.toString(1 + random.nextInt(90)));
            who.put("residence", residence);
            who.put("identityDocument", document("identity-card", "AA", 7));
        }
        Map<String, Object> content = new LinkedHashMap<>();
        Map<String, Object> child = new LinkedHashMap<>();
        child.put("birthDate", today().toString());
        child.put("sex", random.nextBoolean() ? "F" : "M");
        content.put("child", child);
        content.put("mother", who);
        Map<String, Object> hospital = new LinkedHashMap<>();
        hospital.put("name", people.one(HOSPITALS));
        hospital.put("region", people.one(REGIONS));
        content.put("medicalInstitution", hospital);
        return draft("birth-notification", "MH", Optional.empty(), Optional.empty(), content, List.of());
    }

    /** @param weight bytes of the document that confirms the work, if it is for work */
    Draft registration(int weight) {
        People.Person person = people.citizen(random.nextBoolean());
        String purpose = people.one(PURPOSES);
        LocalDate arrival = today().minusDays(random.nextInt(40));
        Map<String, Object> citizen = new LinkedHashMap<>();
        citizen.put("identificationNumber", people.identificationNumber());
        citizen.put("familyName", person.familyName());
        citizen.put("givenName", person.givenName());
        citizen.put("patronymicName", person.patronymicName());
        citizen.put("birthDate", person.birthDate().toString());
        citizen.put("sex", person.sex());
        citizen.put("identityDocument", document("passport", "C", 8));
        Map<String, Object> stay = new LinkedHashMap<>();
        stay.put("kind", "temporary");
        stay.put("since", arrival.toString());
        stay.put("place", Map.of("country", people.one(List.of("TUR", "DEU", "GEO"))));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("registrationDate", today().toString());
        content.put("citizen", citizen);
        content.put("stayAbroad", stay);
        String consulate = people.one(List.of("MFA-ISTANBUL", "MFA-BERLIN", "MFA-TBILISI"));
        List<Passage.Attachment> files = new ArrayList<>();
        if (purpose.equals("work")) {
            byte[] pdf = Pdf.page("Certificate", weight, random);
            Map<String, Object> work = new LinkedHashMap<>();
            work.put("arrivalDate", arrival.toString());
            work.put("employer", "Bosporus Textile Ltd.");
            content.put("work", work);
            Map<String, Object> attachment = new LinkedHashMap<>();
            attachment.put("contentId", "certificate");
            attachment.put("digest", Digest.of(pdf).value());
            attachment.put("mediaType", "application/pdf");
            attachment.put("size", pdf.length);
            content.put("attachment", List.of(attachment));
            files.add(new Passage.Attachment("certificate", "application/pdf", pdf));
        } else {
            content.put("purpose", purpose);
        }
        return draft("consular-registration", consulate, Optional.empty(), Optional.empty(), content, files);
    }

    Draft lookup() {
        String asker = people.one(ASKERS.keySet().stream().sorted().toList());
        Inquiry why =
                new Inquiry("u-" + random.nextInt(500), ASKERS.getOrDefault(asker, ""), "case-" + random.nextInt(9999));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("identificationNumber", people.identificationNumber());
        return draft("person-lookup", asker, Optional.empty(), Optional.of(why), content, List.of());
    }
}
