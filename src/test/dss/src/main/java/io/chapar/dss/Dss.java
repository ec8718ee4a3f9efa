package io.chapar.dss;

import eu.europa.esig.dss.diagnostic.jaxb.XmlDiagnosticData;
import eu.europa.esig.dss.enumerations.ValidationLevel;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.policy.EtsiValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.policy.jaxb.ConstraintsParameters;
import eu.europa.esig.dss.policy.jaxb.SignedAttributesConstraints;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CertificateSource;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.executor.signature.DefaultSignatureProcessExecutor;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The verifier, with one authority that it trusts, that authority's list, and nothing that it could fetch. */
final class Dss {

    private final CommonCertificateVerifier certificates = new CommonCertificateVerifier();
    private final Date time;
    private final ValidationPolicy own;
    private final ValidationPolicy withoutProperties;

    /** @param folder with {@code authority.pem}, {@code ca.crl.pem}, and in {@code time} when all was signed */
    Dss(Path folder) throws Exception {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(
                DSSUtils.loadCertificate(folder.resolve("authority.pem").toFile()));
        certificates.setTrustedCertSources(trusted);
        certificates.setCrlSource(new ExternalResourcesCRLSource(
                new FileDocument(folder.resolve("ca.crl.pem").toFile())));
        certificates.setAIASource(null);
        time = Date.from(Instant.parse(Files.readString(folder.resolve("time"))));
        own = new EtsiValidationPolicy(constraints());
        ConstraintsParameters less = constraints();
        SignedAttributesConstraints properties = less.getSignatureConstraints().getSignedAttributes();
        properties.setSigningTime(null);
        properties.setMessageDigestOrSignedPropertiesPresent(null);
        withoutProperties = new EtsiValidationPolicy(less);
    }

    /**
     * @param advanced whether its own policy for advanced signatures takes it
     * @param taken whether it takes it when neither a signing time nor other properties need be signed with the document
     * @param format what it takes it for
     * @param why if it is no advanced signature, in its own words
     */
    record Said(boolean advanced, boolean taken, String format, String why) {}

    /** @param detached what was signed, when the signature stands in a file of its own */
    Said about(Path signature, List<Path> detached) {
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(signature.toFile()));
        validator.setCertificateVerifier(certificates);
        validator.setValidationTime(time);
        validator.setSigningCertificateSource(signer(signature));
        validator.setDetachedContents(detached.stream()
                .<DSSDocument>map(file -> new FileDocument(file.toFile()))
                .toList());
        XmlDiagnosticData found = validator.getDiagnosticData();
        SimpleReport report = judged(found, own);
        if (report.getSignaturesCount() != 1) {
            return new Said(false, false, "", report.getSignaturesCount() + " signatures");
        }
        String id = report.getFirstSignatureId();
        String format = report.getSignatureFormat(id).toString();
        if (report.isValid(id)) {
            return new Said(true, true, format, "");
        }
        String errors = report.getAdESValidationErrors(id).stream()
                .map(Message::getValue)
                .collect(Collectors.joining(" "));
        return new Said(
                false,
                judged(found, withoutProperties).isValid(id),
                format,
                report.getIndication(id) + " " + report.getSubIndication(id) + ": " + errors);
    }

    private SimpleReport judged(XmlDiagnosticData found, ValidationPolicy policy) {
        DefaultSignatureProcessExecutor executor = new DefaultSignatureProcessExecutor();
        executor.setCurrentTime(time);
        executor.setDiagnosticData(found);
        executor.setValidationPolicy(policy);
        // Nothing here has a timestamp or was archived.
        executor.setValidationLevel(ValidationLevel.BASIC_SIGNATURES);
        executor.setEnableEtsiValidationReport(false);
        executor.setLocale(Locale.ENGLISH);
        return executor.execute().getSimpleReport();
    }

    private static CertificateSource signer(Path signature) {
        CommonCertificateSource known = new CommonCertificateSource();
        Path file = signature.resolveSibling(signature.getFileName().toString().replaceFirst("[.][a-z]+$", ".pem"));
        if (Files.exists(file)) {
            known.addCertificate(DSSUtils.loadCertificate(file.toFile()));
        }
        return known;
    }

    private static ConstraintsParameters constraints() throws Exception {
        try (InputStream policy = ValidationPolicyFacade.class.getResourceAsStream("/policy/constraint.xml")) {
            return ValidationPolicyFacade.newFacade().unmarshall(policy);
        }
    }
}
