package io.chapar.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.chapar.trust.CertificateStatus.REVOKED;
import static io.chapar.trust.CertificateStatus.UNDETERMINED;
import static io.chapar.trust.CertificateStatus.UNTRUSTED;
import static io.chapar.trust.CertificateStatus.VALID;
import static io.chapar.trust.OddAuthority.authority;
import static io.chapar.trust.OddAuthority.extension;
import static io.chapar.trust.OddAuthority.request;
import static io.chapar.trust.OddAuthority.usage;
import static org.assertj.core.api.Assertions.assertThat;

/** Certificates that RFC 5280 does not let pass, and lists that say nothing of them; see also {@link CertificatePathsTest}. */
class OddCertificatesTest {

    private static final int SIGNS = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final Extension SIGNER = usage(KeyUsage.digitalSignature);
    private static final OddAuthority ROOT = OddAuthority.root("Root");
    private static final OddAuthority BELOW = ROOT.below("Below", authority(), usage(SIGNS));

    @TempDir
    Path folder;

    static Stream<Arguments> paths() {
        OddAuthority last =
                ROOT.below("Last", extension(Extension.basicConstraints, new BasicConstraints(0)), usage(SIGNS));
        OddAuthority tooFar = last.below("Too far", authority(), usage(SIGNS));
        OddAuthority no = ROOT.below(
                "No authority", extension(Extension.basicConstraints, new BasicConstraints(false)), usage(SIGNS));
        OddAuthority silent = ROOT.below("Silent", usage(SIGNS));
        OddAuthority mute = ROOT.below("Mute", authority(), usage(KeyUsage.digitalSignature | KeyUsage.cRLSign));
        OddAuthority old = ROOT.below(request("CN=Old", TestPki.ec("secp256r1"), authority(), usage(SIGNS))
                .until(TestPki.NOW.minus(Duration.ofDays(1))));
        OddAuthority only = ROOT.below("Only", authority(), usage(SIGNS), names(true));
        OddAuthority but = ROOT.below("But", authority(), usage(SIGNS), names(false));
        OddAuthority sha1 = ROOT.below(request("CN=Weak", TestPki.ec("secp256r1"), authority(), usage(SIGNS))
                .signedWith("SHA1withECDSA"));
        OddAuthority strange = OddAuthority.root("Root");
        return Stream.of(
                path("below a second authority", VALID, BELOW.leaf("CN=MH", SIGNER), BELOW),
                path("under a name that is permitted", VALID, only.leaf("CN=MH,O=Ministry", SIGNER), only),
                path("under another name", UNTRUSTED, only.leaf("CN=MH,O=Other", SIGNER), only),
                path("under a name that is excluded", UNTRUSTED, but.leaf("CN=MH,O=Ministry", SIGNER), but),
                path("deeper than the path may be", UNTRUSTED, tooFar.leaf("CN=MH", SIGNER), last, tooFar),
                path("below one that is no authority", UNTRUSTED, no.leaf("CN=MH", SIGNER), no),
                path("below one that does not say so", UNTRUSTED, silent.leaf("CN=MH", SIGNER), silent),
                path("below one that may not certify", UNTRUSTED, mute.leaf("CN=MH", SIGNER), mute),
                path("below one that has expired", UNTRUSTED, old.leaf("CN=MH", SIGNER), old),
                path("below a party", UNTRUSTED, party().leaf("CN=MH", SIGNER)),
                path("below an authority of the same name", UNTRUSTED, strange.leaf("CN=MH", SIGNER)),
                path("self-made", UNTRUSTED, OddAuthority.root("MH").certificate()),
                path("self-made under the authority's name", UNTRUSTED, strange.certificate()),
                path(
                        "signed with SHA-1",
                        UNTRUSTED,
                        ROOT.issue(request("CN=MH", TestPki.ec("secp256r1"), SIGNER)
                                .signedWith("SHA1withECDSA"))),
                path("below one that was signed with SHA-1", UNTRUSTED, sha1.leaf("CN=MH", SIGNER), sha1),
                path(
                        "an extension that is critical and unknown",
                        UNTRUSTED,
                        ROOT.leaf("CN=MH", SIGNER, extension(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE))),
                path("an authority itself", UNTRUSTED, ROOT.leaf("CN=MH", SIGNER, authority())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void path(String situation, CertificateStatus status, X509Certificate certificate, List<OddAuthority> above) {
        CertificatePaths paths =
                paths(Stream.concat(Stream.of(ROOT), above.stream()).toList(), list -> list);

        assertThat(paths.check(certificate, Purpose.SIGNATURE)).isEqualTo(status);
    }

    static Stream<Arguments> purposes() {
        Extension clients = purposes(KeyPurposeId.id_kp_clientAuth);
        Extension servers = purposes(KeyPurposeId.id_kp_serverAuth);
        Extension code = purposes(KeyPurposeId.id_kp_codeSigning);
        return Stream.of(
                Arguments.of("a client's", Purpose.TLS_CLIENT, VALID, ROOT.leaf("CN=MH", SIGNER, clients)),
                Arguments.of("a server's", Purpose.TLS_CLIENT, UNTRUSTED, ROOT.leaf("CN=MH", SIGNER, servers)),
                Arguments.of("for programs", Purpose.TLS_CLIENT, UNTRUSTED, ROOT.leaf("CN=MH", SIGNER, code)),
                Arguments.of("a client's", Purpose.SIGNATURE, UNTRUSTED, ROOT.leaf("CN=MH", SIGNER, clients)),
                Arguments.of("for programs", Purpose.SIGNATURE, UNTRUSTED, ROOT.leaf("CN=MH", SIGNER, code)),
                Arguments.of("without usage", Purpose.SIGNATURE, UNTRUSTED, ROOT.leaf("CN=MH")),
                Arguments.of("without usage", Purpose.TLS_CLIENT, UNTRUSTED, ROOT.leaf("CN=MH", clients)),
                Arguments.of("to encrypt", Purpose.SIGNATURE, UNTRUSTED, leaf(KeyUsage.keyEncipherment)),
                Arguments.of("to agree", Purpose.TLS_CLIENT, UNTRUSTED, leaf(KeyUsage.keyAgreement)),
                Arguments.of("to certify", Purpose.SIGNATURE, UNTRUSTED, leaf(SIGNS)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("purposes")
    void purpose(String situation, Purpose purpose, CertificateStatus status, X509Certificate certificate) {
        assertThat(paths(List.of(ROOT), list -> list).check(certificate, purpose))
                .isEqualTo(status);
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                list("that names nobody", VALID, (list, serial) -> list),
                list(
                        "that holds it back for a while",
                        REVOKED,
                        (list, serial) -> list.addCRLEntry(serial, Date.from(TestPki.NOW), CRLReason.certificateHold)),
                list(
                        "that names it as compromised",
                        REVOKED,
                        (list, serial) -> list.addCRLEntry(serial, Date.from(TestPki.NOW), CRLReason.keyCompromise)),
                list("of changes only", UNDETERMINED, (list, serial) -> with(list, "2.5.29.27", new ASN1Integer(1))),
                list(
                        "of some certificates only",
                        UNDETERMINED,
                        (list, serial) -> with(list, "2.5.29.28", new IssuingDistributionPoint(null, true, false))),
                list(
                        "with something critical and unknown",
                        UNDETERMINED,
                        (list, serial) -> with(list, "1.2.3.4", DERNull.INSTANCE)),
                list("that is too old", UNDETERMINED, (list, serial) -> list.setNextUpdate(hoursAgo(25))),
                list("that is late, but within its grace", VALID, (list, serial) -> list.setNextUpdate(hoursAgo(23))));
    }

    @ParameterizedTest(name = "a list {0}")
    @MethodSource("lists")
    void revocation(
            String situation,
            CertificateStatus status,
            BiFunction<X509v2CRLBuilder, BigInteger, X509v2CRLBuilder> content) {
        X509Certificate certificate = ROOT.leaf("CN=MH", SIGNER);
        CertificatePaths paths = paths(List.of(ROOT), list -> content.apply(list, certificate.getSerialNumber()));

        assertThat(paths.check(certificate, Purpose.SIGNATURE)).isEqualTo(status);
    }

    /** Each authority's list has this content. */
    private CertificatePaths paths(List<OddAuthority> authorities, UnaryOperator<X509v2CRLBuilder> content) {
        Path lists = folder.resolve("lists.pem");
        try {
            Files.write(
                    lists,
                    authorities.stream()
                            .map(each -> DevelopmentAuthority.pem(each.list(content)))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CertificatePaths(
                authorities.stream().map(OddAuthority::certificate).toList(),
                lists,
                Duration.ofHours(24),
                TestPki.CLOCK);
    }

    private static Arguments path(
            String situation, CertificateStatus status, X509Certificate certificate, OddAuthority... above) {
        return Arguments.of(situation, status, certificate, List.of(above));
    }

    private static Arguments list(
            String situation,
            CertificateStatus status,
            BiFunction<X509v2CRLBuilder, BigInteger, X509v2CRLBuilder> content) {
        return Arguments.of(situation, status, content);
    }

    /** A party whose certificate is used as if it were an authority's. */
    private static OddAuthority party() {
        return ROOT.below(request("CN=MJ", TestPki.ec("secp256r1"), SIGNER));
    }

    private static X509Certificate leaf(int usage) {
        return ROOT.leaf("CN=MH", usage(usage));
    }

    private static Extension purposes(KeyPurposeId purpose) {
        return extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
    }

    private static Extension names(boolean permitted) {
        GeneralSubtree[] ministry = {new GeneralSubtree(new GeneralName(new X500Name("O=Ministry")))};
        return extension(
                Extension.nameConstraints,
                permitted ? new NameConstraints(ministry, null) : new NameConstraints(null, ministry));
    }

    private static X509v2CRLBuilder with(X509v2CRLBuilder list, String critical, ASN1Encodable value) {
        try {
            list.addExtension(new ASN1ObjectIdentifier(critical), true, value);
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Date hoursAgo(int hours) {
        return Date.from(TestPki.NOW.minus(Duration.ofHours(hours)));
    }
}
