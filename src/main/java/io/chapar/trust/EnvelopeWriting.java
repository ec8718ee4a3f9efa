package io.chapar.trust;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes SOAP envelopes in the profile that {@link EnvelopeSignatures} verifies. */
final class EnvelopeWriting {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final String BODY = "chapar-body";
    private static final String TIMESTAMP = "chapar-timestamp";
    private static final String TOKEN = "chapar-certificate";

    private final SignatureAlgorithm algorithm;
    private final String token;
    private final Clock clock;

    EnvelopeWriting(SignatureAlgorithm algorithm, String certificate, Clock clock) {
        this.algorithm = algorithm;
        this.token = "<wsse:BinarySecurityToken EncodingType=\"" + SoapNames.BASE64 + "\" ValueType=\"" + SoapNames.X509
                + "\" wsu:Id=\"" + TOKEN + "\">" + certificate + "</wsse:BinarySecurityToken>";
        this.clock = clock;
    }

    byte[] sign(Document bodyChild, boolean soap12, UnaryOperator<byte[]> key) throws Malformed {
        // Not the exclusive form: it drops prefixes that stand in text only, such as that of a fault's Subcode.
        String child = new String(HardenedXml.serialise(bodyChild), UTF_8);
        Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String beginning = "<soap:Envelope xmlns:soap=\"" + (soap12 ? SoapNames.SOAP_12 : SoapNames.SOAP_11)
                + "\" xmlns:wsu=\"" + SoapNames.WSU + "\"><soap:Header><wsse:Security xmlns:wsse=\"" + SoapNames.WSSE
                + "\" soap:mustUnderstand=\"" + (soap12 ? "true" : "1") + "\">" + token
                + "<wsu:Timestamp wsu:Id=\"" + TIMESTAMP + "\"><wsu:Created>" + created + "</wsu:Created><wsu:Expires>"
                + created.plus(LIFE) + "</wsu:Expires></wsu:Timestamp>";
        String end = "</wsse:Security></soap:Header><soap:Body wsu:Id=\"" + BODY + "\">" + child
                + "</soap:Body></soap:Envelope>";
        Document unsigned = HardenedXml.parse((beginning + end).getBytes(UTF_8));
        Element timestamp = (Element)
                unsigned.getElementsByTagNameNS(SoapNames.WSU, "Timestamp").item(0);
        Element body = (Element) unsigned.getDocumentElement().getLastChild();
        String signedInfo = CanonicalText.signedInfo(
                algorithm,
                reference(BODY, HardenedXml.canonical(body)),
                reference(TIMESTAMP, HardenedXml.canonical(timestamp)));
        String keyInfo = "<wsse:SecurityTokenReference><wsse:Reference URI=\"#" + TOKEN + "\" ValueType=\""
                + SoapNames.X509 + "\"></wsse:Reference></wsse:SecurityTokenReference>";
        byte[] value = key.apply(signedInfo.getBytes(UTF_8));
        return (beginning + CanonicalText.signature("", signedInfo, value, keyInfo, "") + end).getBytes(UTF_8);
    }

    private static String reference(String id, byte[] canonical) {
        return CanonicalText.reference("URI=\"#" + id + "\"", canonical, SignatureElement.EXCLUSIVE);
    }
}
