package io.chapar.fuzz;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.chapar.app.console.IdTokenTarget;
import io.chapar.deliver.AcknowledgementTarget;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.OcspSeeds;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TestPki;
import io.chapar.trust.TestPki.Identity;
import io.chapar.trust.TimestampSeeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.w3c.dom.Document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/** Writes the signed seeds anew, all of them, with keys that are forgotten when it ends. */
public final class SeedWriter {

    private static final byte[] XML =
            "<birthNotification xmlns=\"urn:chapar:birth-notification:1.0\"><header><sender>MH</sender></header></birthNotification>"
                    .getBytes(UTF_8);
    private static final byte[] JSON = "{\"header\":{\"sender\":\"MH\"},\"name\":\"Əliyev\"}".getBytes(UTF_8);

    private final TestPki pki = new TestPki("fuzz");
    private final Identity party = pki.signing("MH");

    private SeedWriter() {}

    public static void main(String[] arguments) throws Exception {
        new SeedWriter().write();
    }

    private void write() throws Exception {
        Files.createDirectories(Seeds.PKI);
        pki.writeList(Seeds.PKI);
        Files.move(Seeds.PKI.resolve("ca.crl.pem"), Seeds.PKI.resolve("authority.crl.pem"), REPLACE_EXISTING);
        byte[] lists = Files.readAllBytes(Seeds.PKI.resolve("authority.crl.pem"));
        write("revocation-lists", "pem", lists);
        write(
                "revocation-lists",
                "der",
                PemFiles.revocationLists(Seeds.PKI.resolve("authority.crl.pem"))
                        .get(0)
                        .getEncoded());
        write("pki", "authority.pem", TimestampSeeds.pem(pki.authority()));
        write("pki", "signer.pem", TimestampSeeds.pem(party.certificate()));
        Identity rsa = pki.signing("MJ", TestPki.rsa(2048));
        Identity edwards = pki.signing("SMS", TestPki.ed25519());
        for (Identity signer : new Identity[] {party, rsa, edwards}) {
            String kind = signer.keys().getPublic().getAlgorithm().toLowerCase(Locale.ROOT);
            write("xades", kind, signer.signer().xml(XML));
            write("envelope", kind + "-11", signer.signer().envelope(XML, false));
            write("envelope", kind + "-12", signer.signer().envelope(XML, true));
            write("jws", kind, parted(signer.signer().detachedJws(JSON), JSON));
            write(
                    "jws-carrying",
                    kind,
                    signer.signer().compactJws("chapar-receipt+jwt", JSON).getBytes(UTF_8));
            write("certificate", kind, signer.certificate().getEncoded());
        }
        String[] flattened = party.signer().compactJws("a", JSON).split("\\.", -1);
        write(
                "jws-carrying",
                "flattened",
                ("{\"protected\":\"" + flattened[0] + "\",\"payload\":\"" + flattened[1] + "\",\"signature\":\""
                                + flattened[2] + "\"}")
                        .getBytes(UTF_8));
        write("xml-signature", "plain", plain(party));
        write("certificate", "tls", pki.tls("MH").certificate().getEncoded());
        byte[] acknowledgement = ("{\"deliveryId\":\"" + AcknowledgementTarget.DELIVERY + "\",\"digest\":\""
                        + AcknowledgementTarget.DIGEST + "\",\"at\":\"2026-11-23T10:00:00Z\"}")
                .getBytes(UTF_8);
        write("acknowledgement", "json", parted(party.signer().detachedJws(acknowledgement), acknowledgement));
        byte[] element = ("<acknowledgement xmlns=\"urn:chapar:common:1.0\"><deliveryId>"
                        + AcknowledgementTarget.DELIVERY + "</deliveryId><digest>" + AcknowledgementTarget.DIGEST
                        + "</digest><at>2026-11-23T10:00:00Z</at></acknowledgement>")
                .getBytes(UTF_8);
        write("acknowledgement", "soap", parted("", party.signer().envelope(element, false)));
        TimestampSeeds stamped = TimestampSeeds.of(pki);
        write("pki", "stamped", stamped.stamped());
        write("pki", "timestamp-request", stamped.request());
        write("timestamp", "answer", stamped.answer());
        write("timestamp", "token", stamped.token());
        OcspSeeds stapled = OcspSeeds.make();
        write("pki", "ocsp-authority.pem", stapled.authority());
        write("pki", "ocsp-certificate.pem", stapled.certificate());
        write("ocsp", "good", stapled.good());
        write("ocsp", "revoked", stapled.revoked());
        write("zip", "two", zip());
        idToken();
    }

    /** Of a provider who has but this key. */
    private static void idToken() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        write(
                "pki",
                "identity-provider.json",
                new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(IdTokenTarget.ISSUER)
                .audience(IdTokenTarget.CLIENT)
                .subject(IdTokenTarget.SUBJECT)
                .issueTime(Date.from(IdTokenTarget.ISSUED))
                .expirationTime(Date.from(IdTokenTarget.ISSUED.plus(Duration.ofHours(1))))
                .claim("nonce", "n-0S6_WzA2Mj")
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), claims);
        token.sign(new ECDSASigner(key));
        write("id-token", "es256", token.serialize().getBytes(UTF_8));
        write("id-token", "none", new PlainJWT(claims).serialize().getBytes(UTF_8));
    }

    /** As a library writes it that knows nothing of XAdES. */
    private static byte[] plain(Identity signer) throws Exception {
        Document document = HardenedXml.parse(XML);
        XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
        CanonicalizationMethod exclusive =
                signatures.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null);
        Reference whole = signatures.newReference(
                "",
                signatures.newDigestMethod(DigestMethod.SHA256, null),
                List.of(
                        signatures.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        signatures.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null,
                null);
        SignedInfo info = signatures.newSignedInfo(
                exclusive,
                signatures.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", null),
                List.of(whole));
        KeyInfoFactory keys = signatures.getKeyInfoFactory();
        DOMSignContext context = new DOMSignContext(signer.keys().getPrivate(), document.getDocumentElement());
        signatures
                .newXMLSignature(info, keys.newKeyInfo(List.of(keys.newX509Data(List.of(signer.certificate())))))
                .sign(context);
        return HardenedXml.serialise(document);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            for (String name : new String[] {"folder/a.xml", "b.xml"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(XML);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] parted(String first, byte[] rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((first + "\n").getBytes(UTF_8));
        bytes.writeBytes(rest);
        return bytes.toByteArray();
    }

    private static void write(String target, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(Seeds.FOLDER.resolve(target));
        Files.write(folder.resolve(name), bytes);
    }
}
