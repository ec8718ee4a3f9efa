package io.chapar.habits;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Runs the tests as if on a machine anywhere: with a default locale and time zone drawn anew each time, and printed. The
 * same again: {@code -Dchapar.test.place=az-AZ@Asia/Baku}.
 */
public final class AnyPlace implements LauncherSessionListener {

    /** Latin with and without a dotless i, other digits, another writing; zones on both sides of UTC and at half hours. */
    private static final List<String> PLACES = List.of(
            "az-AZ@Asia/Baku",
            "tr-TR@Europe/Istanbul",
            "en-US@America/St_Johns",
            "ar-EG-u-nu-arab@Africa/Cairo",
            "fa-IR-u-nu-arabext@Asia/Tehran",
            "ru-RU@Pacific/Kiritimati",
            "de-DE@UTC");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String asked = System.getProperty("chapar.test.place", "");
        String place = asked.isEmpty() ? PLACES.get(new Random().nextInt(PLACES.size())) : asked;
        int at = place.indexOf('@');
        Locale.setDefault(Locale.forLanguageTag(place.substring(0, at)));
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(place.substring(at + 1))));
        System.out.println("tests run with -Dchapar.test.place=" + place);
    }
}
