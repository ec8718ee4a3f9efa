package io.chapar.app;

import io.chapar.app.reload.AuthorityFile;
import io.chapar.trust.Revocation;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcspSettingsTest {

    private static final TestPki ONE = new TestPki("One");
    private static final TestPki OTHER = new TestPki("Other");
    private static final List<X509Certificate> AUTHORITIES = List.of(ONE.authority(), OTHER.authority());

    @TempDir
    Path folder;

    private static OcspSettings bound(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put("chapar.ocsp." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("chapar.ocsp", OcspSettings.class);
    }

    private String file(TestPki pki) throws IOException, CertificateEncodingException {
        String base64 = Base64.getMimeEncoder().encodeToString(pki.authority().getEncoded());
        Path file = Files.createTempFile(folder, "issuers", ".pem");
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .toString();
    }

    @Test
    void nobody_is_asked_unless_somebody_is_named() throws Exception {
        assertThat(bound().byIssuer(AUTHORITIES, SSLContext.getDefault())).isEmpty();
    }

    @Test
    void one_for_all_authorities() throws Exception {
        OcspSettings settings = bound("responders.national.url", "http://ocsp.example/");

        assertThat(settings.byIssuer(AUTHORITIES, SSLContext.getDefault())).containsOnlyKeys(AUTHORITIES);
    }

    @Test
    void one_for_each_authority() throws Exception {
        OcspSettings settings = bound(
                "responders.one.url",
                "http://ocsp.one.example/",
                "responders.one.issuers",
                file(ONE),
                "responders.other.url",
                "https://ocsp.other.example/",
                "responders.other.issuers",
                file(OTHER));

        assertThat(settings.byIssuer(AUTHORITIES, SSLContext.getDefault())).containsOnlyKeys(AUTHORITIES);
    }

    @Test
    void refused_when_two_are_named_for_one_issuer() throws Exception {
        OcspSettings settings = bound(
                "responders.all.url", "http://ocsp.example/",
                "responders.one.url", "http://ocsp.one.example/",
                "responders.one.issuers", file(ONE));

        assertThatThrownBy(() -> settings.byIssuer(AUTHORITIES, SSLContext.getDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.ocsp.responders.")
                .hasMessageContaining("second");
    }

    @Test
    void refused_when_the_issuer_is_no_authority_that_counts() throws Exception {
        OcspSettings settings = bound("responders.x.url", "http://ocsp.example/", "responders.x.issuers", file(OTHER));

        assertThatThrownBy(() -> settings.byIssuer(List.of(ONE.authority()), SSLContext.getDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.ocsp.responders.x.issuers")
                .hasMessageContaining("chapar.trust.authorities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://ocsp.example", "ocsp.example", "http:///ocsp", "file:/tmp/x"})
    void refused_at_another_kind_of_address(String url) {
        OcspSettings settings = bound("responders.x.url", url);

        assertThatThrownBy(() -> settings.byIssuer(AUTHORITIES, SSLContext.getDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.ocsp.responders.x.url");
    }

    @Test
    void refused_without_an_address() throws Exception {
        OcspSettings settings = bound("responders.x.issuers", file(ONE));

        assertThatThrownBy(() -> settings.byIssuer(AUTHORITIES, SSLContext.getDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.ocsp.responders.x.url");
    }

    @ParameterizedTest
    @CsvSource({"longest-wait, -1s", "longest-wait, 11s", "every, 0s", "timeout, 0s"})
    void refused_with_the_name_of_the_setting(String name, String value) {
        assertThatThrownBy(() -> bound(name, value)).rootCause().hasMessageContaining("chapar.ocsp." + name);
    }

    @Test
    void refused_when_nothing_would_say_who_was_revoked() throws Exception {
        AuthorityFile authorities = new AuthorityFile(Path.of(file(ONE)));

        assertThatThrownBy(() -> new TrustConfiguration()
                        .revocation(authorities, " ", Duration.ZERO, Duration.ZERO, bound(), TestPki.CLOCK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.trust.revocation-lists")
                .hasMessageContaining("chapar.ocsp.responders");
    }

    @Test
    void without_lists_a_responder_is_enough_to_start() throws Exception {
        OcspSettings settings = bound("responders.x.url", "http://127.0.0.1:9/");

        try (Revocation revocation = new TrustConfiguration()
                .revocation(
                        new AuthorityFile(Path.of(file(ONE))),
                        "",
                        Duration.ZERO,
                        Duration.ZERO,
                        settings,
                        TestPki.CLOCK)) {
            assertThat(revocation).isNotNull();
        }
    }
}
