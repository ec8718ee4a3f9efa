package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.sample.Sample;
import io.chapar.sandbox.sample.Written;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.RULE;
import static io.chapar.message.ProblemCode.SIGNATURE_MISSING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What can be done to a package of a signed document and its files, of every exchange that has some, in every form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentAttacksTest {

    private static final String HEAD = "\r\n\r\n";

    private Stages stages;

    /** One package, taken apart: everything before its file, the file's own part, and the end. */
    private record Parts(String type, String before, String file, String end) {

        static Parts of(Letter letter) {
            String body = new String(letter.body(), ISO_8859_1);
            String boundary = letter.contentType().replaceFirst(".*boundary=\"([^\"]+)\".*", "$1");
            int end = body.lastIndexOf("\r\n--" + boundary + "--");
            int file = body.indexOf("\r\n--" + boundary + "\r\n");
            return new Parts(
                    letter.contentType(), body.substring(0, file), body.substring(file, end), body.substring(end));
        }

        String boundary() {
            return end.substring(4, end.lastIndexOf("--"));
        }

        String head() {
            return file.substring(0, file.indexOf(HEAD) + HEAD.length());
        }

        String content() {
            return file.substring(head().length());
        }

        String whole() {
            return before + file + end;
        }

        String with(UnaryOperator<String> change) {
            return before + change.apply(file) + end;
        }

        String headed(UnaryOperator<String> change) {
            return before + change.apply(head()) + content() + end;
        }

        String holding(String content) {
            return before + head() + content + end;
        }
    }

    private record Case(String type, String body, Set<ProblemCode> refusedWith) {}

    @BeforeAll
    void parties_with_keys(@TempDir Path folder) throws IOException {
        stages = new Stages(folder);
    }

    static Stream<Arguments> messages() {
        return RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> !agreement.attachments().mediaTypes().isEmpty())
                .flatMap(agreement ->
                        Stream.of(Form.values()).map(form -> arguments(agreement.exchange(), form, agreement)));
    }

    private static Map<String, Case> cases(Parts parts, Form form) {
        Map<String, Case> all = new LinkedHashMap<>();
        String content = parts.content();
        String last = content.substring(content.length() - 1);
        Map<String, String> wrongFile = new LinkedHashMap<>();
        wrongFile.put("the file is missing", parts.before() + parts.end());
        wrongFile.put("a byte of the file is another", parts.holding(content.replaceFirst("PDF", "PDf")));
        wrongFile.put("a byte less", parts.holding(content.substring(0, content.length() - 1)));
        wrongFile.put("a byte more", parts.holding(content + last));
        wrongFile.put("the file twice in its part", parts.holding(content + content));
        wrongFile.put("an empty file", parts.holding(""));
        wrongFile.put(
                "the document in the file's place", parts.holding(parts.before().split(HEAD, 2)[1]));
        wrongFile.put(
                "a file more", parts.with(file -> file + file.replaceFirst("Content-ID: <", "Content-ID: <other-")));
        wrongFile.put(
                "a file by another name",
                parts.headed(head -> head.replaceFirst("Content-ID: <", "Content-ID: <other-")));
        wrongFile.put("its name in capitals", parts.headed(AttachmentAttacksTest::inCapitals));
        wrongFile.put(
                "called something that a browser opens",
                parts.headed(head -> head.replace("application/pdf", "text/html")));
        wrongFile.forEach((name, body) -> all.put(name, new Case(parts.type(), body, EnumSet.of(RULE, MALFORMED))));

        Map<String, String> wrongPackage = new LinkedHashMap<>();
        wrongPackage.put("the file's part twice", parts.with(file -> file + file));
        wrongPackage.put(
                "the document's part twice", parts.before() + "\r\n" + parts.before() + parts.file() + parts.end());
        wrongPackage.put("the file first", parts.file().substring(2) + "\r\n" + parts.before() + parts.end());
        wrongPackage.put(
                "the file by the document's name", parts.headed(head -> head.replaceFirst("<[^>]+>", "<document>")));
        wrongPackage.put(
                "a file without a name", parts.headed(head -> head.replaceFirst("Content-ID: [^\r]+\r\n", "")));
        wrongPackage.put(
                "a file with two names", parts.headed(head -> head.replaceFirst("(Content-ID: <)", "$1x>\r\n$1")));
        wrongPackage.put(
                "a file with two types", parts.headed(head -> head.replaceFirst("(Content-Type: )", "$1a/b\r\n$1")));
        wrongPackage.put(
                "a file without a type", parts.headed(head -> head.replaceFirst("Content-Type: [^\r]+\r\n", "")));
        for (String coding : List.of("base64", "quoted-printable", "x-uuencode", "8bit, base64")) {
            wrongPackage.put("coded as " + coding, parts.headed(head -> head.replace("binary", coding)));
        }
        wrongPackage.put(
                "a folded header", parts.headed(head -> head.replaceFirst("Content-ID: ", "Content-ID:\r\n ")));
        wrongPackage.put(
                "a header without a colon", parts.headed(head -> head.replaceFirst("Content-ID: ", "Content-ID ")));
        wrongPackage.put(
                "a blank before a colon", parts.headed(head -> head.replaceFirst("Content-ID:", "Content-ID :")));
        wrongPackage.put("a zero byte in a header", parts.headed(head -> head.replaceFirst("binary", "bin\u0000ary")));
        wrongPackage.put(
                "headers without end",
                parts.headed(head -> head.replace(HEAD, "\r\n" + "X-A: b\r\n".repeat(10_000) + "\r\n")));
        wrongPackage.put(
                "a header of a megabyte",
                parts.headed(head -> head.replace(HEAD, "\r\nX-A: " + "b".repeat(1 << 20) + HEAD)));
        wrongPackage.put(
                "line feeds only",
                parts.before().replace("\r\n", "\n") + parts.file().replace("\r\n", "\n") + parts.end());
        wrongPackage.put("something before", "before\r\n" + parts.whole());
        wrongPackage.put("something behind", parts.whole() + "behind");
        wrongPackage.put("a second package behind", parts.whole() + parts.whole());
        wrongPackage.put("no end", parts.before() + parts.file());
        wrongPackage.put("half of the end", parts.before() + parts.file() + "\r\n--" + parts.boundary());
        wrongPackage.put(
                "a boundary with a tail",
                parts.with(file -> file.replaceFirst(Pattern.quote(parts.boundary()), "$0x")));
        wrongPackage.put(
                "two thousand files",
                parts.with(file -> Stream.iterate(0, i -> i + 1)
                        .limit(2_000)
                        .map(i -> file.replaceFirst("Content-ID: <", "Content-ID: <" + i + "-"))
                        .reduce(file, String::concat)));
        wrongPackage.forEach((name, body) -> all.put(name, new Case(parts.type(), body, EnumSet.of(MALFORMED))));

        all.put(
                "another boundary",
                new Case(parts.type().replace(parts.boundary(), "other"), parts.whole(), EnumSet.of(MALFORMED)));
        all.put(
                "a boundary that begins alike",
                new Case(
                        parts.type().replace(parts.boundary(), parts.boundary().substring(0, 9)),
                        parts.whole(),
                        EnumSet.of(MALFORMED)));
        all.put(
                "it starts with the file",
                new Case(
                        parts.type().replace("<document>", parts.head().replaceFirst("(?s).*(<[^>]+>).*", "$1")),
                        parts.whole(),
                        EnumSet.of(MALFORMED)));
        all.put(
                "two boundaries",
                new Case(
                        parts.type() + "; boundary=other",
                        parts.whole(),
                        EnumSet.of(MALFORMED, ProblemCode.MEDIA_TYPE)));
        all.put(
                "mixed and not related",
                new Case(parts.type().replace("related", "mixed"), parts.whole(), EnumSet.of(ProblemCode.MEDIA_TYPE)));
        if (form == Form.REST_JSON) {
            String line = parts.before().replaceFirst("(?s).*(X-JWS-Signature: [^\r]+\r\n).*", "$1");
            String unsigned = parts.before().replace(line, "");
            all.put(
                    "unsigned",
                    new Case(parts.type(), unsigned + parts.file() + parts.end(), EnumSet.of(SIGNATURE_MISSING)));
            all.put(
                    "signed at the file",
                    new Case(
                            parts.type(),
                            unsigned
                                    + parts.head().replaceFirst("\r\nContent-ID", "\r\n" + line + "Content-ID")
                                    + parts.content()
                                    + parts.end(),
                            EnumSet.of(SIGNATURE_MISSING, MALFORMED)));
            all.put(
                    "signed twice",
                    new Case(
                            parts.type(),
                            parts.before().replace(line, line + line) + parts.file() + parts.end(),
                            EnumSet.of(MALFORMED)));
        }
        return all;
    }

    private static String inCapitals(String head) {
        String id = head.replaceFirst("(?s).*Content-ID: <([^>]+)>.*", "$1");
        return head.replace("<" + id + ">", "<" + id.toUpperCase(Locale.ROOT) + ">");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void refused_and_the_valid_one_still_accepted(Object exchange, Form form, Agreement agreement) throws Exception {
        Sample sample = Sample.of(agreement, Path.of("schemas")).stream()
                .filter(each -> each.name().equals("full"))
                .findFirst()
                .orElseThrow();
        Written written = sample.fresh(form == Form.REST_JSON ? Format.JSON : Format.XML, TestPki.NOW);
        Letter letter = Letters.of(
                written.draft(),
                written.document(),
                form,
                stages.signer(sample.sender()).signer());
        Parts parts = Parts.of(letter);
        List<String> wrong = new ArrayList<>();

        cases(parts, form).forEach((name, each) -> {
            Optional<ProblemCode> refused = refused(agreement, sample, form, each.type(), each.body());
            if (each.body().equals(parts.whole()) && each.type().equals(parts.type())) {
                wrong.add(name + " changes nothing");
            } else if (refused.isEmpty()) {
                wrong.add(name + " was accepted");
            } else if (!each.refusedWith().contains(refused.get())) {
                wrong.add(name + " was refused with " + refused.get());
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(refused(agreement, sample, form, parts.type(), parts.whole()))
                .isEmpty();
    }

    private Optional<ProblemCode> refused(Agreement agreement, Sample sample, Form form, String type, String body) {
        try {
            stages.travel(
                    agreement,
                    sample.sender(),
                    form == Form.SOAP ? Passage.Door.SOAP : Passage.Door.REST,
                    type,
                    body.getBytes(ISO_8859_1));
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.problem().code());
        }
    }
}
