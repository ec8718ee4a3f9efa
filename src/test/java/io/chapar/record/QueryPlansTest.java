package io.chapar.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a query costs must not grow with what it is not about. */
class QueryPlansTest {

    @TempDir
    Path folder;

    private List<String> plan(String sql) throws Exception {
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
        return plan;
    }

    @ParameterizedTest
    @ValueSource(strings = {OrderingKeys.BLOCKED, OrderingKeys.NEXT})
    void a_keys_next_delivery_is_found_by_an_index_in_which_nothing_lies_that_blocks_nobody(String sql)
            throws Exception {
        assertThat(plan(sql))
                .singleElement()
                .asString()
                .contains("USING INDEX delivery_blocks (receiver=? AND ordering_key=?");
    }

    @Test
    void a_page_of_what_waits_begins_where_the_one_before_ended() throws Exception {
        assertThat(plan(WaitingDeliveries.AFTER))
                .singleElement()
                .asString()
                .contains("USING INDEX delivery_waiting (carrier=? AND (message,delivery_id)>(?,?))");
    }

    @Test
    void a_page_of_clocks_that_are_due_begins_where_the_one_before_ended() throws Exception {
        assertThat(plan(Clocks.DUE)).anyMatch(step -> step.contains("USING INDEX clock_due ((due,message)>(?,?)"));
    }
}
