package io.chapar.sandbox.post;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Makes people up. The same seed makes the same people, with the letters that break careless software (ə ğ ı İ ö ş ü ç);
 * none of them exists.
 */
public final class People {

    /** @param birthDate of an adult */
    public record Person(String familyName, String givenName, String patronymicName, String sex, LocalDate birthDate) {}

    private static final List<String> FAMILIES = List.of(
            "Əliyev",
            "Məmmədov",
            "Hüseynov",
            "İbrahimov",
            "Quliyev",
            "Həsənov",
            "Kərimov",
            "Rəhimov",
            "Abbasov",
            "Şirinov",
            "Cəfərov",
            "Nəsirov",
            "Vəliyev",
            "Ağayev",
            "Bağırov",
            "İsmayılov",
            "Tağıyev",
            "Mustafayev",
            "Orucov",
            "Çobanov",
            "Göyüşov",
            "Züfərov",
            "Şükürov",
            "Yaqubov",
            "Səfərov",
            "Xəlilov",
            "Fətəliyev",
            "Dadaşov",
            "Pənahov",
            "Rüstəmov");
    private static final List<String> WOMEN = List.of(
            "Aygün", "Günay", "Lalə", "Nərgiz", "Sevinc", "Könül", "Ülviyyə", "Şəbnəm", "Çinarə", "Gülnarə", "Zəhra",
            "Türkan", "Fidan", "Nigar", "Aytən", "İradə", "Xədicə", "Səbinə", "Vüsalə", "Ayşən");
    private static final List<String> MEN = List.of(
            "Elçin", "Rəşad", "İlqar", "Vüqar", "Orxan", "Fərid", "Cavid", "Tural", "Şahin", "Anar", "Kamran", "Nicat",
            "Ülvi", "Həsən", "Əkrəm", "Çingiz", "Müşfiq", "Ağasəf", "Yusif", "İsmayıl");
    private static final List<Foreigner> FOREIGNERS = List.of(
            new Foreigner("RUS", "Иванова", "Мария"), new Foreigner("RUS", "Кузнецов", "Алексей"),
            new Foreigner("TUR", "Yılmaz", "Gökhan"), new Foreigner("TUR", "Çelik", "Şeyma"),
            new Foreigner("GEO", "ბერიძე", "ნინო"), new Foreigner("GEO", "Kapanadze", "Giorgi"),
            new Foreigner("IRN", "Hosseini", "Reza"), new Foreigner("UKR", "Шевченко", "Оксана"),
            new Foreigner("DEU", "Müller", "Jörg"), new Foreigner("ARE", "Al Mansoori", "Fatima"),
            new Foreigner("GBR", "O’Brien", "Siobhán"), new Foreigner("KAZ", "Әбдіров", "Нұрлан"),
            new Foreigner("PAK", "Khan", "Ayesha"), new Foreigner("XXA", "Nur", "Amina"));

    private record Foreigner(String nationality, String familyName, String givenName) {}

    /** Digits and capitals without I and O, as on the identity card. */
    private static final String DIGITS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final int PLACES = 7;
    /** Shares no factor with 34⁷, so that multiplying by it only shuffles the numbers. */
    private static final long SHUFFLE = 31_415_926_535L;

    private final RandomGenerator random;

    public People(RandomGenerator random) {
        this.random = random;
    }

    public Person citizen(boolean woman) {
        String family = one(FAMILIES);
        return new Person(
                woman ? family + "a" : family,
                one(woman ? WOMEN : MEN),
                one(MEN),
                woman ? "F" : "M",
                LocalDate.of(2026 - 19 - random.nextInt(50), 1 + random.nextInt(12), 1 + random.nextInt(28)));
    }

    /** As the register of a border writes a foreigner down, with the document shown. */
    public Map<String, Object> traveller() {
        Foreigner foreigner = one(FOREIGNERS);
        Map<String, Object> traveller = new LinkedHashMap<>();
        traveller.put("familyName", foreigner.familyName());
        traveller.put("givenName", foreigner.givenName());
        traveller.put("birthDate", citizen(true).birthDate().toString());
        traveller.put("sex", random.nextBoolean() ? "F" : "M");
        traveller.put("nationality", foreigner.nationality());
        return traveller;
    }

    String documentNumber(String series, int digits) {
        StringBuilder number = new StringBuilder(series);
        for (int i = 0; i < digits; i++) {
            number.append(random.nextInt(10));
        }
        return number.toString();
    }

    /** Any identification number that could have been given. */
    public String identificationNumber() {
        return identificationNumber(random.nextLong(1L << 34));
    }

    /** The identification number with this place in the order of giving: each place has its own, and no other has it. */
    public static String identificationNumber(long place) {
        long all = 1;
        for (int i = 0; i < PLACES; i++) {
            all *= DIGITS.length();
        }
        if (place < 0 || place >= all) {
            throw new IllegalArgumentException("there is no such identification number");
        }
        long rest = BigInteger.valueOf(place)
                .multiply(BigInteger.valueOf(SHUFFLE))
                .mod(BigInteger.valueOf(all))
                .longValueExact();
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < PLACES; i++) {
            number.append(DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return number.toString();
    }

    <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
