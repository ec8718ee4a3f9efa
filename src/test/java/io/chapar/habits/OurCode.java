package io.chapar.habits;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** What somebody here wrote: no tests, and no classes that the build makes from schemas. */
final class OurCode implements ImportOption {

    @Override
    public boolean includes(Location location) {
        return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("/io/chapar/binding/");
    }
}
