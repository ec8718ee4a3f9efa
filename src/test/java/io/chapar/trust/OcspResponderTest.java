package io.chapar.trust;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OcspResponderTest {

    private static final OddAuthority ISSUER = OddAuthority.root("Root");
    private static final X509Certificate CERTIFICATE =
            ISSUER.leaf("CN=MH", OddAuthority.usage(KeyUsage.digitalSignature));
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final SetClock clock = new SetClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile UnaryOperator<OddAnswer> content = one -> one;
    private volatile boolean down;
    private volatile boolean silent;
    private final OcspResponder responder = responder(Duration.ofSeconds(30));

    @AfterEach
    void closes() {
        over.countDown();
        responder.close();
    }

    private OcspResponder responder(Duration longestWait) {
        OcspAnswers answers = new OcspAnswers(
                new OcspSigners((certificate, issuer) -> CertificateStatus.UNDETERMINED),
                Duration.ofMinutes(1),
                clock.withZone(ZoneOffset.UTC));
        return new OcspResponder(
                ISSUER.certificate(),
                this::answer,
                answers,
                new OcspTimes(longestWait, EVERY, GRACE),
                clock.withZone(ZoneOffset.UTC),
                changed::incrementAndGet);
    }

    /** As of the clock, due again in an hour. */
    private byte[] answer(byte[] request) throws IOException, InterruptedException {
        asked.incrementAndGet();
        if (silent) {
            over.await();
        }
        if (down) {
            throw new IOException("down");
        }
        return content.apply(new OddAnswer(ISSUER, CERTIFICATE)
                        .made(clock.instant())
                        .from(clock.instant())
                        .until(clock.instant().plus(Duration.ofHours(1))))
                .to(request);
    }

    private void asked(int times) {
        Awaitility.await().until(() -> asked.get() == times);
    }

    private void knows(CertificateStatus status) {
        Awaitility.await().until(() -> responder.statusOf(CERTIFICATE).equals(Optional.of(status)));
    }

    @Test
    void asked_once_and_then_known() {
        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.VALID);
        clock.goOn(EVERY.minusSeconds(1));

        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.VALID);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asked_again_in_the_background_while_the_answer_before_counts() {
        responder.statusOf(CERTIFICATE);
        silent = true;
        clock.goOn(EVERY);
        responder.renew();
        asked(2);

        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.VALID);
    }

    @Test
    void asked_again_before_an_answer_lapses_that_holds_for_a_short_time() {
        content = one -> one.until(clock.instant().plusSeconds(60));
        responder.statusOf(CERTIFICATE);
        clock.goOn(Duration.ofSeconds(30));
        responder.renew();

        asked(2);
    }

    @Test
    void revoked_once_the_answer_in_the_background_says_so() {
        responder.statusOf(CERTIFICATE);
        content = one -> one.saying(OddAnswer.REVOKED);
        clock.goOn(EVERY);
        responder.renew();

        knows(CertificateStatus.REVOKED);
        assertThat(changed).hasValue(2);
    }

    @Test
    void not_asked_about_who_is_not_in_use() {
        responder.statusOf(CERTIFICATE);
        clock.goOn(EVERY.multipliedBy(2));
        responder.renew();
        clock.goOn(EVERY);
        content = one -> one.saying(OddAnswer.REVOKED);

        knows(CertificateStatus.REVOKED);
        assertThat(asked).hasValue(2);
    }

    @Test
    void nothing_is_known_when_the_first_answer_does_not_come_in_time() {
        silent = true;
        try (OcspResponder impatient = responder(Duration.ofMillis(20))) {
            assertThat(impatient.statusOf(CERTIFICATE)).isEmpty();
        }
    }

    @Test
    void nobody_waits_for_a_responder_that_failed() {
        down = true;
        assertThat(responder.statusOf(CERTIFICATE)).isEmpty();
        silent = true;
        clock.goOn(Duration.ofSeconds(1));

        assertThat(responder.statusOf(CERTIFICATE)).isEmpty();
        asked(2);
    }

    @Test
    void not_asked_again_before_a_pause_is_over() {
        down = true;
        responder.statusOf(CERTIFICATE);
        clock.goOn(Duration.ofMillis(999));
        responder.statusOf(CERTIFICATE);
        responder.renew();
        clock.goOn(Duration.ofMillis(1));
        down = false;

        knows(CertificateStatus.VALID);
        assertThat(asked).hasValue(2);
    }

    @Test
    void relied_on_for_the_grace_period_after_the_next_answer_was_due_and_no_longer() {
        responder.statusOf(CERTIFICATE);
        down = true;
        clock.goOn(Duration.ofHours(1).plus(GRACE).minusSeconds(1));
        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.VALID);
        clock.goOn(Duration.ofSeconds(1));

        assertThat(responder.statusOf(CERTIFICATE)).isEmpty();
    }

    @Test
    void told_once_that_an_answer_is_not_relied_on_any_more() {
        responder.statusOf(CERTIFICATE);
        responder.renew();
        down = true;
        clock.goOn(Duration.ofHours(1).plus(GRACE).minusSeconds(1));
        responder.renew();
        assertThat(changed).hasValue(1);
        clock.goOn(Duration.ofSeconds(1));
        responder.renew();
        responder.renew();

        assertThat(changed).hasValue(2);
    }

    @Test
    void revoked_stays_revoked_however_late_the_next_answer_is() {
        content = one -> one.saying(OddAnswer.REVOKED);
        responder.statusOf(CERTIFICATE);
        down = true;
        clock.goOn(Duration.ofDays(30));

        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.REVOKED);
    }

    @Test
    void an_older_state_does_not_replace_a_newer_one() {
        content = one -> one.saying(OddAnswer.REVOKED);
        responder.statusOf(CERTIFICATE);
        content = one -> one.from(TestPki.NOW.minusSeconds(1));
        // a third question comes only after the second one's answer was taken in
        Awaitility.await().until(() -> {
            clock.goOn(EVERY);
            responder.statusOf(CERTIFICATE);
            return asked.get() >= 3;
        });

        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.REVOKED);
    }

    @Test
    void who_is_not_known_is_asked_about_again_after_a_minute() {
        content = one -> one.saying(OddAnswer.UNKNOWN);
        assertThat(responder.statusOf(CERTIFICATE)).contains(CertificateStatus.UNTRUSTED);
        content = one -> one;
        clock.goOn(Duration.ofMinutes(1));

        knows(CertificateStatus.VALID);
    }

    @Test
    void nothing_is_known_by_an_answer_that_is_refused() {
        content = OddAnswer::withoutNonce;

        assertThat(responder.statusOf(CERTIFICATE)).isEmpty();
        assertThat(changed).hasValue(0);
    }
}
