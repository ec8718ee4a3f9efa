package io.chapar.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a database says about a row that it does not take comes into logs. */
class BrokenRuleTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void it_names_the_rule_and_no_value(Databases kind) throws Exception {
        try (Database database = kind.open(folder);
                Connection writer = database.openWriter();
                PreparedStatement insert = writer.prepareStatement(
                        "insert into destroyed_key (key_name, destroyed_at, destroyed_by) values (?, 1, 'x')")) {
            insert.setString(1, "Leyla");
            insert.executeUpdate();

            assertThatThrownBy(insert::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("destroyed_key")
                    .message()
                    .doesNotContain("Leyla");
        }
    }
}
