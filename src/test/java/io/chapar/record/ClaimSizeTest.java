package io.chapar.record;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of ids is the one that is never cut, so what one id costs is what a year of messages costs for ever. */
class ClaimSizeTest {

    private static final int IDS = 50_000;
    private static final int UUID_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    private static final long PROMISED_BYTES = 200;
    private static final String LONG_CODE = "LOCAL-AUTHORITY-1";
    private static final Random RANDOM = new Random(2018);

    @TempDir
    Path folder;

    private static byte[] bytes(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        RANDOM.nextBytes(bytes.array());
        return bytes.array();
    }

    private static void fill(Connection writer) throws SQLException {
        writer.setAutoCommit(false);
        try (PreparedStatement insert = writer.prepareStatement(SealedMessage.CLAIM)) {
            for (int number = 1; number <= IDS; number++) {
                insert.setString(1, LONG_CODE);
                insert.setBytes(2, bytes(UUID_BYTES));
                insert.setBytes(3, bytes(DIGEST_BYTES));
                insert.setLong(4, number);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        writer.commit();
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_id_costs_at_most_two_hundred_bytes_whatever_order_ids_come_in(Databases kind) throws Exception {
        String bytes = kind == Databases.SQLITE
                ? "select sum(pgsize) from dbstat where name = 'claim'"
                : "select pg_total_relation_size('claim')";
        try (Database database = kind.open(folder);
                Connection writer = database.openWriter()) {
            fill(writer);
            assertThat(number(writer, "select count(*) from claim")).isEqualTo(IDS);
            assertThat(number(writer, bytes)).isBetween(IDS * (UUID_BYTES + DIGEST_BYTES + 0L), IDS * PROMISED_BYTES);
        }
    }
}
