package io.chapar.accept;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MultipartTest {

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

    private static void assertMalformed(String type, String body) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> parse(type, body))
                .matches(refusal -> refusal.problem().code() == ProblemCode.MALFORMED);
    }

    private static Multipart parse(String type, String body) throws Refusal {
        return Multipart.parse(ContentType.of(type).orElseThrow(), body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
