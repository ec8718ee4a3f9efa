package io.chapar.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a certificate's key may be used for, as its issuer says in it (RFC 5280, sections 4.2.1.3 and 4.2.1.12). */
final class Usages {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** Extended key usages with which a certificate may do what the purpose wants, where it has any. */
    private static final Map<Purpose, Set<String>> EXTENDED = Map.of(
            Purpose.TLS_CLIENT, Set.of("1.3.6.1.5.5.7.3.2", ANY_PURPOSE),
            Purpose.TLS_SERVER, Set.of("1.3.6.1.5.5.7.3.1", ANY_PURPOSE),
            Purpose.SIGNATURE, Set.of("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", ANY_PURPOSE),
            Purpose.TIMESTAMP, Set.of("1.3.6.1.5.5.7.3.8"),
            Purpose.ENCRYPTION, Set.of("1.3.6.1.5.5.7.3.4", ANY_PURPOSE));

    private Usages() {}

    static boolean allow(X509Certificate certificate, Purpose purpose) {
        boolean[] usage = certificate.getKeyUsage();
        boolean authority = certificate.getBasicConstraints() >= 0;
        if (usage == null || authority || !bits(usage, certificate, purpose)) {
            return false;
        }
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            return extended == null
                    || extended.stream()
                            .anyMatch(Optional.ofNullable(EXTENDED.get(purpose)).orElse(Set.of())::contains);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean bits(boolean[] usage, X509Certificate certificate, Purpose purpose) {
        return switch (purpose) {
            case ENCRYPTION ->
                usage[certificate.getPublicKey().getAlgorithm().equals("RSA") ? KEY_ENCIPHERMENT : KEY_AGREEMENT];
            case SIGNATURE -> usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
            case TLS_CLIENT, TLS_SERVER, TIMESTAMP -> usage[DIGITAL_SIGNATURE];
        };
    }
}
