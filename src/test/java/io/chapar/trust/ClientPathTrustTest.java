package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientPathTrustTest {

    private static final TestPki OURS = new TestPki("ours");
    private static final TestPki THEIRS = new TestPki("theirs");
    private static final TestPki SAME_NAME = new TestPki("ours");

    @Test
    void an_expired_certificate_of_our_authority_gets_through_the_handshake() {
        assertThatCode(() -> check(OURS.expiredTls("MH"))).doesNotThrowAnyException();
    }

    @Test
    void an_expired_certificate_of_another_authority_does_not() {
        assertThatThrownBy(() -> check(THEIRS.expiredTls("MH"))).isInstanceOf(CertificateException.class);
    }

    @Test
    void an_expired_certificate_of_an_authority_with_the_same_name_does_not() {
        assertThatThrownBy(() -> check(SAME_NAME.expiredTls("MH"))).isInstanceOf(CertificateException.class);
    }

    @Test
    void a_current_certificate_of_another_authority_does_not() {
        assertThatThrownBy(() -> check(THEIRS.tls("MH"))).isInstanceOf(CertificateException.class);
    }

    @Test
    void our_authority_in_the_chain_vouches_for_no_stranger() {
        assertThatThrownBy(() -> trust().checkClientTrusted(
                                new X509Certificate[] {THEIRS.expiredTls("MH").certificate(), OURS.authority()}, "EC"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void servers_are_not_spared() {
        assertThatThrownBy(() -> trust().checkServerTrusted(
                                new X509Certificate[] {OURS.expiredTls("MH").certificate()}, "EC"))
                .isInstanceOf(CertificateException.class);
    }

    private static void check(Identity identity) throws Exception {
        trust().checkClientTrusted(new X509Certificate[] {identity.certificate()}, "EC");
    }

    private static ClientPathTrust trust() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(TlsContexts.trustStore(List.of(OURS.authority())));
        return new ClientPathTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], TestPki.CLOCK);
    }
}
