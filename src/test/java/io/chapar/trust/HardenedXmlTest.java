package io.chapar.trust;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HardenedXmlTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("a DOCTYPE", "<!DOCTYPE a><a/>"),
                Arguments.of("an entity", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>"),
                Arguments.of(
                        "an external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"),
                Arguments.of("a billion laughs", "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"x\">]><a>&b;</a>"),
                Arguments.of("an external DTD", "<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>"),
                Arguments.of("an undeclared entity", "<a>&e;</a>"),
                Arguments.of("a processing instruction", "<a><?php x?></a>"),
                Arguments.of("a stylesheet", "<?xml-stylesheet href=\"x\"?><a/>"),
                Arguments.of("XML 1.1", "<?xml version=\"1.1\"?><a/>"),
                Arguments.of("Latin-1 declared", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"),
                Arguments.of("UTF-16 declared and UTF-8 sent", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"),
                Arguments.of("UTF-7 declared", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"),
                Arguments.of("a prefix without namespace", "<p:a/>"),
                Arguments.of("an element that is called as declarations are", "<a xmlns=\"urn:u\"><xmlns/></a>"),
                Arguments.of("an attribute with a colon before its name", "<a :b=\"1\"/>"),
                Arguments.of("the same beside one without it", "<a b=\"1\" :b=\"2\"/>"),
                Arguments.of("an element with a colon before its name", "<a><:b/></a>"),
                Arguments.of("a relative namespace", "<a xmlns=\"u\"/>"),
                Arguments.of("a relative namespace of a prefix", "<a xmlns:p=\"../u\"/>"),
                Arguments.of("an attribute twice", "<a b=\"1\" b=\"2\"/>"),
                Arguments.of(
                        "an attribute twice by namespace",
                        "<a xmlns:p=\"urn:u\" xmlns:q=\"urn:u\" p:b=\"1\" q:b=\"2\"/>"),
                Arguments.of("two roots", "<a/><b/>"),
                Arguments.of("nothing", ""),
                Arguments.of("not closed", "<a>"),
                Arguments.of("a control character", "<a>&#1;</a>"),
                Arguments.of("too deep", "<a>".repeat(65) + "</a>".repeat(65)),
                Arguments.of("too many elements", "<a>" + "<b/>".repeat(100_001) + "</a>"),
                Arguments.of("too many attributes", "<a" + attributes(33) + "/>"),
                Arguments.of("too long an attribute", "<a b=\"" + "x".repeat(8_193) + "\"/>"),
                Arguments.of("too long a name", "<" + "a".repeat(257) + "/>"),
                Arguments.of("too long a text", "<a>" + "x".repeat(4_000_001) + "</a>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refused(String situation, String xml) {
        assertThatThrownBy(() -> HardenedXml.parse(xml.getBytes(UTF_8))).isInstanceOf(Malformed.class);
    }

    @Test
    void refused_when_the_bytes_are_not_utf8() {
        assertThatThrownBy(() -> HardenedXml.parse("<a>é</a>".getBytes(ISO_8859_1)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() ->
                        HardenedXml.parse(new byte[] {'<', 'a', '>', (byte) 0xC0, (byte) 0xBC, '<', '/', 'a', '>'}))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> HardenedXml.parse("<a/>".getBytes(UTF_16LE))).isInstanceOf(Malformed.class);
    }

    @Test
    void nothing_is_included() throws Exception {
        String xml = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\"/></a>";

        assertThat(read(xml.getBytes(UTF_8))).contains("xi:include");
    }

    @Test
    void read_in_utf8_and_utf16_with_their_marks() throws Exception {
        assertThat(read("<a>Ə</a>".getBytes(UTF_8))).isEqualTo("<a>Ə</a>");
        assertThat(read("\uFEFF<?xml version='1.0' encoding='utf-8' standalone='yes'?><a>Ə</a>".getBytes(UTF_8)))
                .isEqualTo("<a>Ə</a>");
        assertThat(read("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Ə</a>".getBytes(UTF_16)))
                .isEqualTo("<a>Ə</a>");
    }

    @Test
    void comments_and_cdata_leave_one_whole_text() throws Exception {
        var root = HardenedXml.parse("<a>1<!-- 2 -->3<![CDATA[<4>]]>5</a>".getBytes(UTF_8))
                .getDocumentElement();

        assertThat(root.getChildNodes().getLength()).isEqualTo(1);
        assertThat(root.getFirstChild().getNodeValue()).isEqualTo("13<4>5");
    }

    @Test
    void serialised_and_read_again_is_the_same() throws Exception {
        String xml = "<a xmlns=\"urn:u\" xmlns:p=\"urn:v\" p:b=\"&quot;1&#9;2\"><c>&lt;&amp;&#13;\n</c></a>";
        byte[] once = HardenedXml.serialise(HardenedXml.parse(xml.getBytes(UTF_8)));

        assertThat(HardenedXml.serialise(HardenedXml.parse(once))).isEqualTo(once);
    }

    @Test
    void a_refusal_quotes_nothing() {
        assertThatThrownBy(() -> HardenedXml.parse("<a>Aliyev<b></a>".getBytes(UTF_8)))
                .hasMessageNotContaining("liyev");
    }

    private static String read(byte[] bytes) throws Malformed {
        return new String(HardenedXml.serialise(HardenedXml.parse(bytes)), UTF_8);
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=\"\"");
        }
        return text.toString();
    }
}
