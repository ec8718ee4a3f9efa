package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.tsp.TimeStampResponse;

/** Answers that no honest authority gives: what a good one said, signed by somebody else or in another way. */
final class ForgedTimestamps {

    private final byte[] said;
    private final Identity signer;
    private X509Certificate named;
    private List<X509Certificate> broughtAlong;
    private String algorithm = "SHA256withECDSA";
    private boolean namedBySha1;

    ForgedTimestamps(byte[] good, Identity signer) throws Exception {
        this.said = new TimeStampResponse(good)
                .getTimeStampToken()
                .getTimeStampInfo()
                .getEncoded();
        this.signer = signer;
        this.named = signer.certificate();
        this.broughtAlong = List.of(signer.certificate());
    }

    ForgedTimestamps naming(X509Certificate certificate) {
        named = certificate;
        return this;
    }

    ForgedTimestamps bringing(X509Certificate... certificates) {
        broughtAlong = List.of(certificates);
        return this;
    }

    ForgedTimestamps with(String other) {
        algorithm = other;
        return this;
    }

    ForgedTimestamps namedBySha1() {
        namedBySha1 = true;
        return this;
    }

    byte[] answer() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes()))
                .build(algorithm, KeyObjects.key(signer.keys().getPrivate()), signer.certificate()));
        generator.addCertificates(new JcaCertStore(broughtAlong));
        CMSSignedData signed =
                generator.generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, said), true);
        return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), signed.toASN1Structure()).getEncoded();
    }

    private AttributeTable attributes() throws Exception {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(name());
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(TestPki.NOW)))));
        return new AttributeTable(attributes);
    }

    private Attribute name() throws Exception {
        String digest = namedBySha1 ? "SHA-1" : "SHA-256";
        byte[] hash = MessageDigest.getInstance(digest).digest(named.getEncoded());
        return namedBySha1
                ? new Attribute(
                        PKCSObjectIdentifiers.id_aa_signingCertificate,
                        new DERSet(new SigningCertificate(new ESSCertID(hash))))
                : new Attribute(
                        PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                        new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash))));
    }
}
