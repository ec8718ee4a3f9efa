package io.chapar.accept;

import io.chapar.message.Digest;
import io.chapar.message.FileContent;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MultipartTest {

    private static final AttachmentLimits LIMITS = new AttachmentLimits(2000, 200_000, 300_000);

    @TempDir
    Path folder;

    private static final String TYPE =
            "multipart/related; type=\"application/xml\"; start=\"<doc@a>\"; boundary=\"b-1\"";
    private static final String DOCUMENT = "--b-1\r\nContent-Type: application/xml\r\nContent-ID: <doc@a>\r\n\r\n<a/>";
    private static final String FILE =
            "\r\n--b-1\r\ncontent-type: application/pdf\r\ncontent-id: <file@a>\r\n\r\n%PDF\r\n-b-1\r\n\0\u00ff";
    private static final String END = "\r\n--b-1--";

    @Test
    void the_document_comes_first_and_files_follow_byte_for_byte() throws Refusal {
        Multipart multipart = parse(TYPE, DOCUMENT + FILE + END + "\r\n");

        assertThat(text(multipart.root().bytes())).isEqualTo("<a/>");
        assertThat(multipart.attachments()).hasSize(1);
        assertThat(multipart.attachments().get(0).contentId()).isEqualTo("file@a");
        assertThat(multipart.attachments().get(0).mediaType()).isEqualTo("application/pdf");
        assertThat(text(multipart.attachments().get(0).bytes())).isEqualTo("%PDF\r\n-b-1\r\n\0\u00ff");
    }

    @Test
    void the_signature_of_a_json_document_stands_on_its_part() throws Refusal {
        Multipart multipart = parse(
                "multipart/related; boundary=b-1",
                "--b-1\r\nContent-Type: application/json\r\nX-JWS-Signature: a..b\r\n\r\n{}" + END);

        assertThat(multipart.root().header("x-jws-signature")).contains("a..b");
        assertThat(multipart.attachments()).isEmpty();
    }

    @Test
    void a_part_may_be_empty() throws Refusal {
        Multipart multipart = parse("multipart/related; boundary=b-1", "--b-1\r\nContent-Type: a/b\r\n\r\n" + END);

        assertThat(multipart.root().bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a/>",
                DOCUMENT,
                "something before\r\n" + DOCUMENT + END,
                DOCUMENT + END + "something after",
                "--b-1--",
                DOCUMENT + FILE + FILE + END,
                DOCUMENT + "\r\n--b-1\r\nContent-Type: a/b\r\n\r\nno id" + END,
                DOCUMENT + "\r\n--b-1\r\nContent-Type: a/b\r\nContent-ID: file\r\n\r\nno brackets" + END,
                DOCUMENT + "\r\n--b-1\r\nContent-ID: <c>\r\n\r\nno type" + END,
                DOCUMENT + "\r\n--b-1 x\r\nContent-Type: a/b\r\nContent-ID: <c>\r\n\r\n" + END,
                DOCUMENT + "\r\n--b-1\r\nContent-Type: a/b\r\nContent-Type: a/c\r\nContent-ID: <c>\r\n\r\n" + END,
                DOCUMENT + "\r\n--b-1\r\nContent-Type: a/b\r\n folded\r\nContent-ID: <c>\r\n\r\n" + END,
                DOCUMENT
                        + "\r\n--b-1\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <c>\r\n\r\n"
                        + END,
                "--b-1\r\nContent-Type: application/json\r\nContent-ID: <doc@a>\r\n\r\n{}" + END,
                "--b-1\r\nContent-Type: application/xml\r\nContent-ID: <other@a>\r\n\r\n<a/>" + END,
                "--b-1\nContent-Type: application/xml\nContent-ID: <doc@a>\n\n<a/>\n--b-1--",
            })
    void refused_when_it_is_not_to_the_letter(String body) {
        assertMalformed(TYPE, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/related",
                "multipart/related; boundary=\"\"",
                "multipart/related; boundary=\"b 1 \"",
            })
    void refused_without_a_boundary(String type) {
        assertMalformed(type, DOCUMENT + END);
    }

    @Test
    void refused_when_the_boundary_is_given_twice() {
        assertThat(ContentType.of("multipart/related; boundary=a; boundary=b")).isEmpty();
    }

    @Test
    void refused_when_a_value_is_elsewhere_than_in_the_signed_document() {
        assertMalformed(
                "multipart/related; boundary=b-1; type=\"application/xop+xml\"",
                "--b-1\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\n\r\n"
                        + "<x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:c\"/>" + END);
    }

    @Test
    void refused_when_there_are_more_parts_than_anyone_could_mean() {
        StringBuilder body = new StringBuilder(DOCUMENT);
        for (int i = 0; i < Multipart.MOST_PARTS; i++) {
            body.append("\r\n--b-1\r\nContent-Type: a/b\r\nContent-ID: <c")
                    .append(i)
                    .append(">\r\n\r\nx");
        }
        assertMalformed(TYPE, body + END);
    }

    private void assertMalformed(String type, String body) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> parse(type, body))
                .matches(refusal -> refusal.problem().code() == ProblemCode.MALFORMED);
    }

    private Multipart parse(String type, String body) throws Refusal {
        return parse(type, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Multipart parse(String type, InputStream body) throws Refusal {
        return Multipart.parse(ContentType.of(type).orElseThrow(), body, LIMITS, store());
    }

    private AttachmentStore store() {
        try {
            return AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** A file of so many bytes, in which what looks like the beginning of a boundary stands everywhere. */
    private static String large(int size) {
        return "\r\n--b\r\n--b-\r\r\n-".repeat(size / 15 + 1).substring(0, size);
    }

    private static String part(String id, String content) {
        return "\r\n--b-1\r\nContent-Type: application/pdf\r\nContent-ID: <" + id + ">\r\n\r\n" + content;
    }

    @Test
    void a_large_file_goes_into_the_store_byte_for_byte_and_nobody_can_read_it_there() throws Exception {
        String content = large(150_001);

        Multipart multipart = parse(TYPE, DOCUMENT + part("a", content) + part("b", "small") + END);

        FileContent file = multipart.attachments().get(0).content();
        assertThat(file.size()).isEqualTo(150_001);
        assertThat(text(file.bytes())).isEqualTo(content);
        assertThat(file.digest()).isEqualTo(Digest.of(content.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(text(file.beginning())).isEqualTo(content.substring(0, FileContent.BEGINNING));
        assertThat(text(multipart.attachments().get(1).bytes())).isEqualTo("small");
        assertThat(stored())
                .singleElement()
                .satisfies(
                        stored -> assertThat(text(Files.readAllBytes(stored))).doesNotContain("--b-"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 65_535, 65_536, 65_537})
    void it_does_not_matter_in_which_pieces_the_bytes_come(int piece) throws Exception {
        String content = large(140_000);
        byte[] body = (DOCUMENT + part("a", content) + END).getBytes(StandardCharsets.ISO_8859_1);

        Multipart multipart = parse(TYPE, new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(piece, length));
            }
        });

        assertThat(text(multipart.root().bytes())).isEqualTo("<a/>");
        assertThat(text(multipart.attachments().get(0).bytes())).isEqualTo(content);
    }

    @Test
    void of_what_is_refused_or_breaks_off_nothing_stays_in_the_store() throws Exception {
        String good = DOCUMENT + part("a", large(100_000));
        assertMalformed(TYPE, good + part("b", large(100_000)));
        assertMalformed(TYPE, good + part("a", "again") + END);
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream((good + part("b", large(90_000))).getBytes(StandardCharsets.ISO_8859_1)),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the sender is gone");
                    }
                });
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> parse(TYPE, broken))
                .matches(refusal -> refusal.problem().code() == ProblemCode.MALFORMED);
        assertThat(stored()).isEmpty();
    }

    @Test
    void too_large_when_a_file_the_document_or_all_together_are() throws Exception {
        String file = large(110_000);
        assertTooLarge(DOCUMENT + part("a", large(200_001)) + END);
        assertTooLarge(DOCUMENT + " ".repeat(2_000) + END);
        assertTooLarge(DOCUMENT + part("a", file) + part("b", file) + part("c", file) + END);
        assertThat(stored()).isEmpty();
    }

    private void assertTooLarge(String body) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> parse(TYPE, body))
                .matches(refusal -> refusal.problem().code() == ProblemCode.TOO_LARGE);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
