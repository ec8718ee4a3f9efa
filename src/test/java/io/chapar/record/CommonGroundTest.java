package io.chapar.record;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommonGroundTest {

    @TempDir
    Path folder;

    @Test
    void a_node_alone_needs_no_name_and_makes_no_file_of_it() throws IOException {
        try (Database database = Databases.SQLITE.open(folder)) {
            CommonGround.self(database, folder);

            assertThat(folder.resolve("node")).doesNotExist();
        }
    }

    @Test
    void a_node_among_others_keeps_its_name_in_its_folder() throws IOException {
        try (Database database = Databases.POSTGRESQL.open(folder)) {
            assertThat(CommonGround.self(database, folder)).isEqualTo(CommonGround.self(database, folder));
            assertThat(folder.resolve("node")).exists();
        }
    }

    @Test
    void refused_when_a_node_has_keys_of_its_own() throws IOException {
        String setting = "chapar.keys.folder and chapar.ledger.origin";
        try (Database database = Databases.POSTGRESQL.open(folder)) {
            CommonGround.hold(database, "ledger-key", "the first node's", setting);
            CommonGround.hold(database, "ledger-key", "the first node's", setting);

            assertThatThrownBy(() -> CommonGround.hold(database, "ledger-key", "its own", setting))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(setting + " must be the same for all nodes of this database");
        }
    }
}
