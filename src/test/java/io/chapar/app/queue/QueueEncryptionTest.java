package io.chapar.app.queue;

import io.chapar.message.FewParties;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.TestPki;
import io.chapar.trust.TestPki.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** To which certificate is encrypted: to a valid one of the directory as it is now, and otherwise nothing is written. */
class QueueEncryptionTest {

    private static final PartyCode SSC = new PartyCode("SSC");
    private static final byte[] BODY = "{\"count\":1}".getBytes(StandardCharsets.UTF_8);

    private final TestPki pki = new TestPki("queue encryption");
    private final Identity gateway = pki.encryption("CHAPAR");

    @TempDir
    private Path folder;

    private final List<Party> entered = new ArrayList<>();

    @Test
    void the_first_certificate_that_is_valid_is_encrypted_to() throws Exception {
        Identity expired = pki.expiredEncryption("SSC");
        Identity revoked = pki.encryption("SSC");
        Identity current = pki.encryption("SSC");
        pki.revoke(revoked);
        enter(
                expired.certificate(),
                revoked.certificate(),
                pki.signing("SSC").certificate(),
                current.certificate(),
                pki.encryption("SSC").certificate());
        QueueEncryption encryption = encrypting();

        assertThat(encryption.isReady(SSC)).isTrue();
        Letter sealed = encryption.sealed(SSC, letter());
        DecryptionKey.Opened opened = new DecryptionKey(current.keys().getPrivate(), current.certificate())
                .open(sealed.body().bytes());
        assertThat(opened.content()).isEqualTo(BODY);
        assertThat(opened.contentType()).contains("application/json");
        assertThat(sealed.contentType()).isEqualTo("application/jose");
        assertThat(sealed.properties()).isEqualTo(letter().properties());
    }

    @Test
    void nothing_is_written_while_no_certificate_is_valid() {
        Identity revoked = pki.encryption("SSC");
        pki.revoke(revoked);
        for (Identity each : List.of(
                pki.expiredEncryption("SSC"),
                revoked,
                pki.signing("SSC"),
                pki.tls("SSC"),
                new TestPki("a stranger").encryption("SSC"))) {
            enter(each.certificate());
            waits(encrypting());
        }
    }

    @Test
    void nothing_is_written_to_a_party_that_left_the_directory_or_lost_its_certificates() {
        enter(pki.encryption("SSC").certificate());
        QueueEncryption encryption = encrypting();
        assertThat(encryption.isReady(SSC)).isTrue();
        enter();
        waits(encryption);
        enter(pki.encryption("SSC").certificate());
        assertThat(encryption.isReady(SSC)).isTrue();
    }

    @Test
    void what_is_written_to_others_stays_as_it_is() {
        QueueEncryption encryption = encrypting();
        Letter letter = letter();
        assertThat(encryption.isReady(new PartyCode("MH"))).isTrue();
        assertThat(encryption.sealed(new PartyCode("MH"), letter)).isSameAs(letter);
    }

    @Test
    void refused_without_a_key_of_the_gateways_own() {
        assertThatThrownBy(() -> new QueueEncryption(Set.of(SSC), new FewParties(entered), paths(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void waits(QueueEncryption encryption) {
        assertThat(encryption.isReady(SSC)).isFalse();
        assertThatThrownBy(() -> encryption.sealed(SSC, letter()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SSC");
    }

    private QueueEncryption encrypting() {
        return new QueueEncryption(
                Set.of(SSC),
                new FewParties(entered),
                paths(),
                Optional.of(new DecryptionKey(gateway.keys().getPrivate(), gateway.certificate())));
    }

    private CertificatePaths paths() {
        return pki.paths(folder);
    }

    private static Letter letter() {
        return Letter.of(Kind.DELIVERY, "application/json", BODY, Optional.of("a..b"))
                .with("deliveryId", "1");
    }

    /** In the directory now stands SSC with these certificates; none: it does not. */
    private void enter(X509Certificate... certificates) {
        entered.clear();
        if (certificates.length > 0) {
            entered.add(new Party(
                    SSC,
                    "a party",
                    Set.of(),
                    List.of(),
                    List.of(),
                    List.of(certificates),
                    Party.Channel.QUEUE,
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.of(Party.ClearQueues.JWE)));
        }
    }
}
