package io.chapar.accept;

import io.chapar.authenticate.Authenticate;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import io.chapar.trust.TestPki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AcceptTest {

    private static final int MOST_WITHOUT_ATTACHMENTS = 2000;
    private static final TestPki PKI = new TestPki("accept");
    private static final X509Certificate MH = PKI.tls("MH").certificate();
    private static final TestPki.Identity REVOKED = PKI.tls("MJ");
    private static final TestPki.Identity EXPIRED = PKI.expiredTls("ME");
    private static final X509Certificate STRANGER = PKI.tls("STRANGER").certificate();
    private static final String EXCHANGE = "consular-registration";

    @TempDir
    Path folder;

    private Accept accept;
    private Authenticate authenticate;

    @BeforeEach
    void open() throws IOException {
        FewParties parties = new FewParties(
                List.of(party("MH", MH), party("MJ", REVOKED.certificate()), party("ME", EXPIRED.certificate())));
        PKI.revoke(REVOKED);
        authenticate = new Authenticate(parties, PKI.paths(folder));
        accept = new Accept(
                new OneExchange(),
                parties,
                MOST_WITHOUT_ATTACHMENTS,
                new AttachmentLimits(2000, 200_000, 300_000),
                AttachmentStore.open(folder, Clock.systemUTC()),
                authenticate);
    }

    private static Party party(String code, X509Certificate certificate) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                List.of(certificate),
                List.of(certificate),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private record OneExchange() implements Catalogue {

        @Override
        public boolean knows(String exchange) {
            return exchange.equals(EXCHANGE);
        }

        @Override
        public Optional<Agreement> agreement(ExchangeVersion exchange) {
            return Optional.empty();
        }

        @Override
        public Collection<Agreement> all() {
            return List.of();
        }
    }

    private static Passage.Arrived arrived(String type, String body, Optional<InputStream> unread) {
        return arrived(EXCHANGE, type, body, unread, MH);
    }

    private static Passage.Arrived arrived(
            String exchange, String type, String body, Optional<InputStream> unread, X509Certificate caller) {
        return new Passage.Arrived(
                Passage.Door.REST,
                exchange,
                type,
                body.getBytes(StandardCharsets.UTF_8),
                unread,
                Optional.empty(),
                List.of(caller),
                Format.JSON,
                false,
                Instant.EPOCH,
                "trace");
    }

    @Test
    void refused_when_a_message_without_attachments_is_larger_than_such_a_message_may_be() {
        Passage.Arrived large = arrived("application/json", " ".repeat(MOST_WITHOUT_ATTACHMENTS + 1), Optional.empty());

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> accept.apply(large))
                .satisfies(refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.TOO_LARGE);
                    assertThat(refusal.problem().detail())
                            .isEqualTo("A message without attachments has at most 2000 bytes here.");
                });
    }

    @Test
    void attachments_do_not_count_to_what_a_message_without_them_may_have() throws Refusal {
        String multipart = "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: application/pdf\r\n"
                + "Content-ID: <file@a>\r\n\r\n" + "x".repeat(10 * MOST_WITHOUT_ATTACHMENTS) + "\r\n--b--";
        Passage.Accepted accepted = accept.apply(arrived(
                "multipart/related; boundary=b",
                "",
                Optional.of(new ByteArrayInputStream(multipart.getBytes(StandardCharsets.UTF_8)))));

        assertThat(accepted.attachments())
                .singleElement()
                .satisfies(file -> assertThat(file.content().size()).isEqualTo(10L * MOST_WITHOUT_ATTACHMENTS));
    }

    @Test
    void refused_when_it_is_empty() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> accept.apply(arrived("application/json", "", Optional.empty())))
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.MALFORMED));
    }

    @Test
    void refused_when_there_is_no_such_exchange_and_who_is_no_party_is_not_told_which_there_are() throws Refusal {
        Passage.Arrived misaddressed = arrived("none", "application/json", "{}", Optional.empty(), MH);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> accept.apply(misaddressed))
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.UNKNOWN_EXCHANGE));

        assertThat(accept.apply(arrived("none", "application/json", "{}", Optional.empty(), STRANGER)))
                .as("the next stage refuses it")
                .extracting(Passage.Accepted::attachments)
                .isEqualTo(List.of());
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(EXCHANGE, "none")
                .flatMap(exchange -> Stream.of(
                        Arguments.of(exchange, "application/json", 0),
                        Arguments.of(exchange, "text/plain", 2),
                        Arguments.of(exchange, "no type at all", 2),
                        Arguments.of(exchange, "application/json", MOST_WITHOUT_ATTACHMENTS + 1),
                        Arguments.of(exchange, "application/json", 2)));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refused_by_its_certificate_alone_whatever_it_says_and_wherever_when_it_is_not_relied_on(
            String exchange, String type, int bytes) {
        assertThat(code(exchange, type, bytes, STRANGER)).isEqualTo(ProblemCode.UNKNOWN_CERTIFICATE);
        assertThat(code(exchange, type, bytes, REVOKED.certificate())).isEqualTo(ProblemCode.CERTIFICATE_REVOKED);
        assertThat(code(exchange, type, bytes, EXPIRED.certificate())).isEqualTo(ProblemCode.CERTIFICATE_EXPIRED);
    }

    /** By this stage or the next one. */
    private ProblemCode code(String exchange, String type, int bytes, X509Certificate caller) {
        Passage.Arrived arrived = arrived(exchange, type, "x".repeat(bytes), Optional.empty(), caller);
        return catchThrowableOfType(Refusal.class, () -> authenticate.apply(accept.apply(arrived)))
                .problem()
                .code();
    }
}
