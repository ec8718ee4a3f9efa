package io.chapar.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a key's next delivery costs must not grow with what of the key lies in a mailbox. */
class OrderingKeysTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {OrderingKeys.BLOCKED, OrderingKeys.NEXT})
    void found_by_an_index_in_which_nothing_lies_that_blocks_nobody(String sql) throws Exception {
        List<String> plan = new ArrayList<>();
        try (Database database = Databases.SQLITE.open(folder);
                Connection connection = database.readers().getConnection();
                PreparedStatement explain = connection.prepareStatement("explain query plan " + sql)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setLong(i, 1);
            }
            try (ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    plan.add(row.getString("detail"));
                }
            }
        }
        assertThat(plan)
                .singleElement()
                .asString()
                .contains("USING INDEX delivery_blocks (receiver=? AND ordering_key=?");
    }
}
