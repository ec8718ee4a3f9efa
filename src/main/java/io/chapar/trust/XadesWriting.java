package io.chapar.trust;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes enveloped XAdES-B-B signatures (ETSI EN 319 132-1). */
final class XadesWriting {

    private static final String SIGNATURE = "chapar-signature";
    private static final String PROPERTIES = "chapar-signed-properties";
    private static final String CONTENT = "chapar-content";

    private final SignatureAlgorithm algorithm;
    private final String certificateDigest;
    private final String keyInfo;
    private final Clock clock;

    XadesWriting(SignatureAlgorithm algorithm, byte[] certificate, Clock clock) {
        this.algorithm = algorithm;
        this.certificateDigest = CanonicalText.digest(certificate, false);
        this.keyInfo = "<ds:X509Data><ds:X509Certificate>" + CanonicalText.base64(certificate)
                + "</ds:X509Certificate></ds:X509Data>";
        this.clock = clock;
    }

    byte[] sign(Document document, UnaryOperator<byte[]> key) {
        if (document.getElementsByTagNameNS(SignatureElement.DS, "Signature").getLength() > 0) {
            throw new IllegalArgumentException("the document has a signature already");
        }
        String properties = properties();
        String signedInfo = CanonicalText.signedInfo(
                algorithm,
                CanonicalText.reference(
                        "Id=\"" + CONTENT + "\" URI=\"\"",
                        HardenedXml.canonical(document),
                        SignatureElement.ENVELOPED,
                        SignatureElement.EXCLUSIVE),
                CanonicalText.reference(
                        "Type=\"" + XadesProperties.SIGNED_PROPERTIES + "\" URI=\"#" + PROPERTIES + "\"",
                        properties.getBytes(UTF_8),
                        SignatureElement.EXCLUSIVE));
        String object = "<ds:Object><xades:QualifyingProperties xmlns:xades=\"" + XadesProperties.XADES
                + "\" Target=\"#" + SIGNATURE + "\">" + properties + "</xades:QualifyingProperties></ds:Object>";
        byte[] value = key.apply(signedInfo.getBytes(UTF_8));
        String signature = CanonicalText.signature(SIGNATURE, signedInfo, value, keyInfo, object);
        return beforeEndOfRoot(HardenedXml.serialise(document), signature.getBytes(UTF_8));
    }

    private String properties() {
        return "<xades:SignedProperties xmlns:xades=\"" + XadesProperties.XADES + "\" Id=\"" + PROPERTIES
                + "\"><xades:SignedSignatureProperties><xades:SigningTime>"
                + clock.instant().truncatedTo(ChronoUnit.SECONDS)
                + "</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>" + certificateDigest
                + "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>"
                + "<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference=\"#" + CONTENT
                + "\"><xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat>"
                + "</xades:SignedDataObjectProperties></xades:SignedProperties>";
    }

    /** A canonical document ends with its root's end tag, which has no white space before its name. */
    private static byte[] beforeEndOfRoot(byte[] document, byte[] signature) {
        int end = document.length - 1;
        while (document[end] != '<') {
            end--;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(document.length + signature.length);
        bytes.write(document, 0, end);
        bytes.write(signature, 0, signature.length);
        bytes.write(document, end, document.length - end);
        return bytes.toByteArray();
    }
}
