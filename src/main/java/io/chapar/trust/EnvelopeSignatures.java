package io.chapar.trust;

import io.chapar.message.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static io.chapar.trust.StrictElements.children;
import static io.chapar.trust.StrictElements.expect;
import static io.chapar.trust.StrictElements.is;
import static io.chapar.trust.StrictElements.onlyAttributes;

/**
 * Verifies SOAP envelopes, 1.1 and 1.2: exactly Body and Timestamp are signed, by {@code wsu:Id}, with the key of one
 * BinarySecurityToken. Where each element stands is fixed, and the references are compared with the elements that stand
 * there, never the other way round, so that moving signed elements about (wrapping) leads nowhere.
 */
public final class EnvelopeSignatures {

    private final Clock clock;
    private final Duration skew;

    /** @param skew how far the sender's clock may be from ours, and how old its timestamp may grow on the way */
    public EnvelopeSignatures(Clock clock, Duration skew) {
        this.clock = clock;
        this.skew = skew;
    }

    /**
     * @throws Malformed if it is not an envelope with one element in its body
     * @throws SignatureRefused if it is not signed to the letter of the profile
     */
    public SignedXml verify(byte[] envelope) throws Malformed, SignatureRefused {
        SoapEnvelope soap = SoapEnvelope.read(HardenedXml.parse(envelope));
        Element security = soap.security();
        Element signatureElement = only(soap.document());
        Parts parts = parts(security, signatureElement);
        Map<String, Element> ids = UniqueIds.of(soap.document());
        SignatureElement signature = SignatureElement.read(signatureElement);
        if (!signature.objects().isEmpty()) {
            throw SignatureRefused.incomplete("the envelope's signature holds an object");
        }
        KeyObjects.Known signer = signer(signature, parts.token(), ids);
        signature.verify(signer);
        covers(signature, soap.body(), parts.timestamp());
        fresh(parts.timestamp());
        byte[] content = HardenedXml.canonical(soap.content());
        return new SignedXml(HardenedXml.parse(content), Digest.of(content), signer.certificate());
    }

    /** The body's child of an envelope that was verified before it was recorded, as a document of its own. */
    public static Document content(byte[] envelope) throws Malformed {
        return HardenedXml.parse(HardenedXml.canonical(
                SoapEnvelope.read(HardenedXml.parse(envelope)).content()));
    }

    private record Parts(Element token, Element timestamp) {}

    private static Element only(Document document) throws SignatureRefused {
        NodeList signatures = document.getElementsByTagNameNS(SignatureElement.DS, "Signature");
        if (signatures.getLength() == 0) {
            throw SignatureRefused.missing("the envelope has no signature");
        }
        if (signatures.getLength() > 1) {
            throw SignatureRefused.incomplete("the envelope has more than one signature");
        }
        return (Element) signatures.item(0);
    }

    private static Parts parts(Element security, Element signature) throws SignatureRefused {
        Map<String, Element> parts = new HashMap<>();
        for (Element part : children(security)) {
            boolean known = is(part, SoapNames.WSSE, "BinarySecurityToken")
                    || is(part, SoapNames.WSU, "Timestamp")
                    || part == signature;
            if (!known || parts.put(part.getLocalName(), part) != null) {
                throw SignatureRefused.incomplete(
                        "the Security header holds one BinarySecurityToken, one Timestamp and one Signature only");
            }
        }
        Element token = parts.get("BinarySecurityToken");
        Element timestamp = parts.get("Timestamp");
        if (token == null || timestamp == null || !parts.containsKey("Signature")) {
            throw SignatureRefused.incomplete(
                    "the Security header lacks its BinarySecurityToken, its Timestamp or its Signature");
        }
        return new Parts(token, timestamp);
    }

    private static KeyObjects.Known signer(SignatureElement signature, Element token, Map<String, Element> ids)
            throws SignatureRefused {
        List<Element> kinds = children(signature.keyInfo());
        if (kinds.size() != 1) {
            throw SignatureRefused.incomplete("KeyInfo has one SecurityTokenReference and nothing else");
        }
        List<Element> references = children(expect(kinds.get(0), SoapNames.WSSE, "SecurityTokenReference"));
        if (references.size() != 1) {
            throw SignatureRefused.incomplete("a SecurityTokenReference has one Reference and nothing else");
        }
        Element reference = expect(references.get(0), SoapNames.WSSE, "Reference");
        onlyAttributes(reference, "URI", "ValueType");
        String type = reference.getAttributeNS(null, "ValueType");
        String uri = reference.getAttributeNS(null, "URI");
        if (!type.isEmpty() && !type.equals(SoapNames.X509)
                || !uri.startsWith("#")
                || ids.get(uri.substring(1)) != token) {
            throw SignatureRefused.incomplete("the SecurityTokenReference does not name the BinarySecurityToken");
        }
        String encoding = token.getAttributeNS(null, "EncodingType");
        if (!token.getAttributeNS(null, "ValueType").equals(SoapNames.X509)
                || !encoding.isEmpty() && !encoding.equals(SoapNames.BASE64)) {
            throw SignatureRefused.incomplete("the BinarySecurityToken is not an X.509 certificate in base64");
        }
        return XmlSignatures.certificate(token);
    }

    private static void covers(SignatureElement signature, Element body, Element timestamp) throws SignatureRefused {
        Set<Element> covered = new HashSet<>();
        for (SignatureElement.Reference reference : signature.references()) {
            Element element = covers(reference, body) ? body : covers(reference, timestamp) ? timestamp : null;
            if (element == null || !covered.add(element) || !reference.type().isEmpty()) {
                throw SignatureRefused.incomplete("the signature does not cover exactly Body and Timestamp");
            }
            if (!reference.digest().fits(transform(reference.transforms()).of(element))) {
                throw SignatureRefused.invalid("Body or Timestamp was changed after it was signed");
            }
        }
        if (covered.size() != 2) {
            throw SignatureRefused.incomplete("the signature does not cover exactly Body and Timestamp");
        }
    }

    private static boolean covers(SignatureElement.Reference reference, Element element) {
        String id = element.getAttributeNS(SoapNames.WSU, "Id");
        return !id.isEmpty() && reference.uri().equals("#" + id);
    }

    /**
     * Exclusive C14N. Some libraries write enveloped-signature before it, which takes nothing out of an element that does
     * not hold the signature; neither Body nor Timestamp does.
     */
    private static SignatureElement.Canonicalisation transform(List<Element> transforms) throws SignatureRefused {
        boolean idle = transforms.size() == 2
                && StrictElements.algorithm(transforms.get(0)).equals(SignatureElement.ENVELOPED)
                && children(transforms.get(0)).isEmpty();
        if (transforms.size() != (idle ? 2 : 1)) {
            throw SignatureRefused.incomplete("the transform of Body and Timestamp is exclusive C14N and nothing else");
        }
        return XmlSignatures.exclusive(transforms.get(transforms.size() - 1));
    }

    private void fresh(Element timestamp) throws SignatureRefused {
        List<Element> times = children(timestamp);
        if (times.isEmpty() || times.size() > 2) {
            throw SignatureRefused.incomplete("a Timestamp has Created, and perhaps Expires");
        }
        Instant now = clock.instant();
        Instant created = time(expect(times.get(0), SoapNames.WSU, "Created"));
        if (created.isBefore(now.minus(skew)) || created.isAfter(now.plus(skew))) {
            throw SignatureRefused.invalid("the Timestamp was not created within " + skew.toMinutes() + " minutes");
        }
        if (times.size() == 2) {
            Instant expires = time(expect(times.get(1), SoapNames.WSU, "Expires"));
            if (!expires.isAfter(created) || expires.isBefore(now.minus(skew))) {
                throw SignatureRefused.invalid("the Timestamp has expired");
            }
        }
    }

    private static Instant time(Element element) throws SignatureRefused {
        try {
            return OffsetDateTime.parse(element.getTextContent().strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw SignatureRefused.invalid("the Timestamp holds no time with its zone");
        }
    }
}
