package io.chapar.trust;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What strangers bring is remembered to save time, but never so much that it fills memory. */
class RememberedTest {

    @Test
    void what_is_large_is_read_and_not_remembered() throws Exception {
        byte[] large = certificate("O=" + "x".repeat(60) + (",OU=" + "y".repeat(60)).repeat(60));
        byte[] usual = certificate("O=x");
        assertThat(large).hasSizeBetween(KeyObjects.LARGEST_KEPT + 1, 16_384);

        assertThat(KeyObjects.of(large)).isNotSameAs(KeyObjects.of(large));
        assertThat(KeyObjects.of(usual)).isSameAs(KeyObjects.of(usual));
    }

    @Test
    void a_header_that_is_long_is_read_and_not_remembered() throws Exception {
        JwsHeaders headers = new JwsHeaders();
        String large = header("x".repeat(JwsHeaders.LONGEST_KEPT));
        String usual = header("x");

        assertThat(headers.read(large)).isNotSameAs(headers.read(large));
        assertThat(headers.read(usual)).isSameAs(headers.read(usual));
    }

    private static String header(String type) {
        String json = "{\"alg\":\"ES256\",\"x5t#S256\":\"a\",\"typ\":\"" + type + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] certificate(String name) throws Exception {
        KeyPair keys = TestPki.ec("secp256r1");
        X500Name subject = new X500Name(name);
        return new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(TestPki.NOW),
                        Date.from(TestPki.NOW.plus(Duration.ofDays(1))),
                        subject,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
    }
}
