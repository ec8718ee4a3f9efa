package io.chapar.app.reload;

import io.chapar.message.Digest;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificateStatus;
import io.chapar.trust.Purpose;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AuthorityFileTest {

    private static final TestPki OLD = new TestPki("old");
    private static final TestPki FRESH = new TestPki("fresh");
    private static final X509Certificate BY_OLD = OLD.signing("MH").certificate();
    private static final X509Certificate BY_FRESH = FRESH.signing("MH").certificate();

    @TempDir
    Path folder;

    private final List<Digest> taken = new ArrayList<>();
    private Path file;
    private Path lists;
    private CertificatePaths paths;
    private FilesWatch watch;

    @BeforeEach
    void start() throws Exception {
        lists = folder.resolve("lists.pem");
        Files.writeString(lists, Files.readString(OLD.writeList(folder)));
        Files.writeString(lists, Files.readString(lists) + Files.readString(FRESH.writeList(folder)));
        file = folder.resolve("authorities.pem");
        says(OLD);
        with(new AuthorityFile(file));
    }

    private void with(AuthorityFile authorities) {
        paths = new CertificatePaths(authorities.atStart(), lists, Duration.ZERO, TestPki.CLOCK);
        watch = new FilesWatch(
                "file of authorities", authorities::filesRead, () -> authorities.reload(paths, taken::add));
    }

    private void says(TestPki... all) throws IOException, CertificateEncodingException {
        StringBuilder pem = new StringBuilder();
        for (TestPki one : all) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(one.authority().getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(file, pem);
    }

    private CertificateStatus status(X509Certificate certificate) {
        return paths.check(certificate, Purpose.SIGNATURE);
    }

    private void looks() {
        watch.look();
        watch.look();
    }

    @Test
    void a_new_authority_counts_at_once_and_one_that_is_gone_no_more() throws Exception {
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.VALID);
        assertThat(status(BY_FRESH)).isEqualTo(CertificateStatus.UNTRUSTED);

        says(OLD, FRESH);
        looks();
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.VALID);
        assertThat(status(BY_FRESH)).isEqualTo(CertificateStatus.VALID);

        says(FRESH);
        looks();
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.UNTRUSTED);
        assertThat(taken).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void what_changes_between_the_start_and_the_first_look_is_seen() throws Exception {
        AuthorityFile authorities = new AuthorityFile(file);
        says(FRESH);
        with(authorities);
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.VALID);

        looks();

        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.UNTRUSTED);
        assertThat(status(BY_FRESH)).isEqualTo(CertificateStatus.VALID);
        assertThat(taken).hasSize(1);
    }

    @Test
    void refused_when_the_file_names_no_authority_and_the_old_ones_stay() throws Exception {
        Files.writeString(file, "nobody");
        looks();
        assertThat(watch.refused()).isTrue();
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.VALID);
        assertThat(taken).isEmpty();

        Files.delete(file);
        looks();
        assertThat(watch.refused()).isTrue();
        assertThat(status(BY_OLD)).isEqualTo(CertificateStatus.VALID);

        says(OLD);
        looks();
        assertThat(watch.refused()).isFalse();
    }
}
