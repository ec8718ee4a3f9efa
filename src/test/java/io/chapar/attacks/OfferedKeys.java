package io.chapar.attacks;

import io.chapar.trust.PartialSignatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNER_MISMATCH;

/** Keys that an XML message brings along, or says where they could be fetched. */
final class OfferedKeys {

    private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

    private OfferedKeys() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "keys offered by the message");
        if (original.form().isXml()) {
            others(cases, original);
            if (original.form() == Form.SOAP) {
                tokens(cases, original);
            } else {
                keyInfos(cases, original);
            }
        }
        return cases.all();
    }

    private static void others(Cases cases, Original original) {
        Cast cast = original.cast();
        String mine = cast.party().base64();
        cases.changed(
                "signed well by another party",
                SIGNER_MISMATCH,
                text -> original.signed(cast.other(), original.unsigned()));
        cases.changed(
                "signed well by a stranger of the same name",
                SIGNATURE_INVALID,
                text -> original.signed(cast.stranger(), original.unsigned()));
        cases.changed(
                "another party's certificate shown",
                SIGNATURE_INVALID,
                text -> text.replace(mine, cast.other().base64()));
        cases.changed(
                "a stranger's certificate shown",
                SIGNATURE_INVALID,
                text -> text.replace(mine, cast.stranger().base64()));
        cases.changed(
                "signed by a stranger who shows the party's certificate",
                SIGNATURE_INVALID,
                text -> PartialSignatures.again(text, info -> info, cast.stranger()::sign));
        cases.changed("a certificate that is none", SIGNATURE_INVALID, text -> text.replace(mine, "AAAA"));
        cases.changed("no certificate in its place", SIGNATURE_INVALID, text -> text.replace(mine, ""));
        cases.changed("a certificate that is no base64", SIGNATURE_INVALID, text -> text.replace(mine, "*"));
        cases.changed("half a certificate", SIGNATURE_INVALID, text -> text.replace(mine, mine.substring(0, 400)));
        cases.changed(
                "a certificate with something behind it",
                SIGNATURE_INVALID,
                text -> text.replace(mine, trailing(cast.party().encoded())));
        cases.changed(
                "a certificate of a hundred kilobytes",
                SIGNATURE_INVALID,
                text -> text.replace(mine, "MII".repeat(50_000)));
        cases.changed("an element in the certificate", SIGNATURE_INCOMPLETE, text -> text.replace(mine, mine + "<x/>"));
        cases.harmlesslyChanged(
                "the certificate in lines", text -> text.replace(mine, mine.replaceAll("(.{64})", "$1\n")));
    }

    private static String trailing(byte[] certificate) {
        byte[] more = java.util.Arrays.copyOf(certificate, certificate.length + 3);
        return java.util.Base64.getEncoder().encodeToString(more);
    }

    private static void keyInfos(Cases cases, Original original) {
        String mine = original.cast().party().base64();
        String certificate = "<ds:X509Certificate>" + mine + "</ds:X509Certificate>";
        String data = "<ds:X509Data>" + certificate + "</ds:X509Data>";
        Map<String, String> kinds = new LinkedHashMap<>();
        String bait = original.cast().bait().toString();
        kinds.put("nothing", "");
        kinds.put("an empty X509Data", "<ds:X509Data/>");
        kinds.put(
                "a KeyValue",
                "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
                        + "</ds:RSAKeyValue></ds:KeyValue>");
        kinds.put(
                "an ECKeyValue",
                "<ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\"/></ds:KeyValue>");
        kinds.put(
                "a DEREncodedKeyValue",
                "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\">AAAA"
                        + "</dsig11:DEREncodedKeyValue>");
        kinds.put("a KeyName", "<ds:KeyName>MH</ds:KeyName>");
        kinds.put("a RetrievalMethod", "<ds:RetrievalMethod URI=\"" + bait + "\"/>");
        kinds.put(
                "a RetrievalMethod of a raw certificate",
                "<ds:RetrievalMethod Type=\"http://www.w3.org/2000/09/xmldsig#rawX509Certificate\" URI=\"" + bait
                        + "\"/>");
        kinds.put(
                "a RetrievalMethod with a transform",
                "<ds:RetrievalMethod URI=\"\"><ds:Transforms><ds:Transform"
                        + " Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></ds:Transforms>"
                        + "</ds:RetrievalMethod>");
        kinds.put(
                "a KeyInfoReference",
                "<dsig11:KeyInfoReference xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\" URI=\"" + bait + "\"/>");
        kinds.put("PGP", "<ds:PGPData/>");
        kinds.put("SPKI", "<ds:SPKIData/>");
        kinds.put("MgmtData", "<ds:MgmtData>x</ds:MgmtData>");
        kinds.put("an encrypted key", "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>");
        kinds.forEach((name, xml) -> {
            cases.changed("KeyInfo with " + name, SIGNATURE_INCOMPLETE, text -> text.replace(data, xml));
            if (!xml.isEmpty()) {
                cases.changed(
                        "KeyInfo with " + name + " before the certificate",
                        SIGNATURE_INCOMPLETE,
                        text -> text.replace(data, xml + data));
            }
        });
        cases.changed("two X509Data", SIGNATURE_INCOMPLETE, text -> text.replace(data, data + data));
        cases.changed("no KeyInfo", SIGNATURE_INCOMPLETE, text -> text.replaceFirst("<ds:KeyInfo>.*</ds:KeyInfo>", ""));
        cases.changed(
                "a revocation list in X509Data",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(certificate, certificate + "<ds:X509CRL>AAAA</ds:X509CRL>"));
        cases.changed(
                "only the certificate's name",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(certificate, "<ds:X509SubjectName>CN=MH</ds:X509SubjectName>"));
        String others = "<ds:X509Certificate>" + original.cast().stranger().base64() + "</ds:X509Certificate>";
        cases.changed(
                "a stranger's certificate before it",
                SIGNATURE_INVALID,
                text -> text.replace(certificate, others + certificate));
        cases.harmlesslyChanged(
                "a stranger's certificate behind it", text -> text.replace(certificate, certificate + others));
    }

    private static void tokens(Cases cases, Original original) {
        String reference = "<wsse:Reference URI=\"#chapar-certificate\"[^>]*></wsse:Reference>";
        String mine = original.cast().party().base64();
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("nothing", "");
        kinds.put(
                "a KeyIdentifier",
                "<wsse:KeyIdentifier ValueType=\"" + WSS + "x509-token-profile-1.0#X509v3\">" + mine
                        + "</wsse:KeyIdentifier>");
        kinds.put("an issuer and a number", "<ds:X509Data><ds:X509IssuerSerial/></ds:X509Data>");
        kinds.put("an embedded token", "<wsse:Embedded>" + mine + "</wsse:Embedded>");
        kinds.put("a URL", "<wsse:Reference URI=\"" + original.cast().bait() + "\"/>");
        kinds.put("the body", "<wsse:Reference URI=\"#chapar-body\"/>");
        kinds.put("no such id", "<wsse:Reference URI=\"#other\"/>");
        kinds.put("an empty id", "<wsse:Reference URI=\"#\"/>");
        kinds.forEach((name, xml) -> cases.changed(
                "the token named by " + name, SIGNATURE_INCOMPLETE, text -> text.replaceFirst(reference, xml)));
        cases.changed(
                "KeyInfo with a KeyValue",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(
                        "<wsse:SecurityTokenReference>.*</wsse:SecurityTokenReference>", "<ds:KeyValue/>"));
        cases.changed(
                "two tokens",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("(<wsse:Binary.*</wsse:BinarySecurityToken>)", "$1$1"));
        cases.changed(
                "no token",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<wsse:Binary.*</wsse:BinarySecurityToken>", ""));
        cases.changed(
                "a path of certificates",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("profile-1.0#X509v3", "profile-1.0#X509PKIPathv1"));
        cases.changed(
                "a token in hexadecimal", SIGNATURE_INCOMPLETE, text -> text.replace("#Base64Binary", "#HexBinary"));
    }
}
