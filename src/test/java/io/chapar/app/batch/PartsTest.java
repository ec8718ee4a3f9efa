package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Messages out of lines and out of ZIPs. */
class PartsTest {

    @Test
    void lines_are_numbered_as_an_editor_numbers_them() throws Exception {
        List<Part> parts = lines("a\n\n \t\r\nbb\r\n" + "c".repeat(11) + "\nd");

        assertThat(parts).extracting(Part::number).containsExactly(1L, 4L, 5L, 6L);
        assertThat(text(parts.get(1))).isEqualTo("bb\r");
        assertThat(parts.get(2).fault())
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo(ProblemCode.TOO_LARGE));
        assertThat(text(parts.get(3))).isEqualTo("d");
        assertThat(lines("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 65_535, 65_536, 65_537, 200_000})
    void a_line_is_as_long_as_it_is_wherever_it_is_cut(int length) throws Exception {
        List<Part> parts =
                all(new Lines(stream(("x\n" + "y".repeat(length) + "\nz\n").getBytes(StandardCharsets.UTF_8)), 65_536));

        assertThat(parts).hasSize(3);
        assertThat(parts.get(1).fault().isPresent()).isEqualTo(length > 65_536);
        assertThat(parts.get(1).bytes()).hasSize(length > 65_536 ? 0 : length);
        assertThat(text(parts.get(2))).isEqualTo("z");
    }

    @Test
    void stored_and_deflated_entries_are_read_and_folders_are_none() throws Exception {
        byte[] content = "<a/>".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            ZipEntry stored = new ZipEntry("folder/stored.xml");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(content.length);
            CRC32 crc = new CRC32();
            crc.update(content);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(content);
            zip.putNextEntry(new ZipEntry("Əliyev.xml"));
            zip.write(content);
        }

        List<Part> parts = entries(bytes.toByteArray());

        assertThat(parts).extracting(part -> part.name().orElse("")).containsExactly("folder/stored.xml", "Əliyev.xml");
        assertThat(parts).extracting(Part::number).containsExactly(1L, 2L);
        assertThat(parts).allMatch(part -> Arrays.equals(part.bytes(), content));
    }

    @Test
    void more_entries_than_a_short_number_can_say() throws Exception {
        Object[] many = new Object[2 * 70_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = i + ".xml";
            many[i + 1] = new byte[] {'<'};
        }

        assertThat(entries(Stays.zip(many))).hasSize(70_000);
    }

    @Test
    void an_entry_that_is_too_large_is_refused_alone_until_all_are_too_large_together() throws Exception {
        byte[] bomb = new byte[500_000];
        byte[] one = Stays.zip("1.xml", bomb, "2.xml", new byte[] {'<'});

        List<Part> parts = entries(one);

        assertThat(parts.get(0).fault())
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo(ProblemCode.TOO_LARGE));
        assertThat(parts.get(1).fault()).isEmpty();
        refused(ProblemCode.TOO_LARGE, Stays.zip("1.xml", bomb, "2.xml", bomb, "3.xml", bomb));
    }

    @Test
    void refused_when_it_is_no_whole_zip() {
        byte[] zip = Stays.zip("1.xml", new byte[] {'<'}, "2.xml", new byte[] {'>'});
        byte[] encrypted = zip.clone();
        encrypted[6] |= 1;
        byte[] hidden = zip.clone();
        int second = indexOf(hidden, new byte[] {'P', 'K', 3, 4}, 4);
        hidden[second] = 'X';
        byte[] altered = zip.clone();
        altered[35] ^= 1;

        refused(ProblemCode.MALFORMED, new byte[0]);
        refused(ProblemCode.MALFORMED, "no zip at all".getBytes(StandardCharsets.UTF_8));
        refused(ProblemCode.MALFORMED, Stays.zip("folder/", new byte[0]));
        refused(ProblemCode.MALFORMED, encrypted);
        refused(ProblemCode.MALFORMED, hidden);
        refused(ProblemCode.MALFORMED, altered);
        refused(ProblemCode.MALFORMED, Arrays.copyOf(zip, zip.length - 1));
        refused(ProblemCode.MALFORMED, Arrays.copyOf(zip, zip.length + 1));
        refused(ProblemCode.MALFORMED, Arrays.copyOf(zip, 45));
    }

    private static int indexOf(byte[] in, byte[] wanted, int from) {
        int at = from;
        while (!Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        return at;
    }

    private static void refused(ProblemCode code, byte[] zip) {
        assertThatThrownBy(() -> entries(zip))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }

    private static List<Part> lines(String text) throws Exception {
        return all(new Lines(stream(text.getBytes(StandardCharsets.UTF_8)), 10));
    }

    private static List<Part> entries(byte[] zip) throws IOException, Refusal {
        return all(new Entries(stream(zip), 100_000, 1_200_000));
    }

    private static List<Part> all(Parts read) throws IOException, Refusal {
        List<Part> found = new ArrayList<>();
        try (Parts parts = read) {
            for (Optional<Part> part = parts.next(); part.isPresent(); part = parts.next()) {
                found.add(part.get());
            }
        }
        return found;
    }

    private static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static String text(Part part) {
        return new String(part.bytes(), StandardCharsets.UTF_8);
    }
}
