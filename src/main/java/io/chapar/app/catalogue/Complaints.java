package io.chapar.app.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the files, all of it, so that one start tells everything. */
final class Complaints {

    private final List<String> all = new ArrayList<>();

    void add(Path file, int line, String what) {
        all.add(file + ":" + line + ": " + what);
    }

    void add(YamlFile file, String pointer, String what) {
        add(file.path(), file.line(pointer), what);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** @throws CatalogueRefused when there is anything to complain of */
    void refuse() {
        CatalogueRefused.unless(all);
    }
}
