package io.chapar.trust;

import io.chapar.message.Receipt;
import io.chapar.message.Signer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a receipt in its two forms, which state the same facts: a compact JWS, and a signed XML document. Every value
 * of a receipt has a form without characters that JSON or XML would have to escape, so nothing is escaped here.
 */
public final class Receipts {

    /** What the JWS says it is. */
    public static final String TYPE = "chapar-receipt+jwt";

    /** The namespace of what the gateway itself says in XML. */
    public static final String NAMESPACE = "urn:chapar:common:1.0";

    private final Signer signer;

    public Receipts(Signer signer) {
        this.signer = signer;
    }

    /** The receipt as {@code application/jose}. */
    public byte[] jws(Receipt receipt) {
        return signer.compactJws(TYPE, claims(receipt)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The receipt as an XML document with an enveloped signature. */
    public byte[] xml(Receipt receipt) {
        return signer.xml(element(receipt));
    }

    static byte[] claims(Receipt receipt) {
        String deadline = receipt.deadline()
                .map(term -> "{\"due\":\"" + term.due() + "\",\"met\":" + term.met() + "}")
                .orElse("null");
        return ("{\"receiptId\":\"" + receipt.receiptId()
                        + "\",\"messageId\":\"" + receipt.messageId()
                        + "\",\"exchange\":\"" + receipt.exchange().exchange()
                        + "\",\"version\":\"" + receipt.exchange().version()
                        + "\",\"sender\":\"" + receipt.sender()
                        + "\",\"contentDigest\":\"" + receipt.contentDigest()
                        + "\",\"bytesDigest\":\"" + receipt.bytesDigest()
                        + "\",\"acceptedAt\":\"" + receipt.acceptedAt()
                        + "\",\"deadline\":" + deadline
                        + ",\"mergeDelaySeconds\":" + receipt.mergeDelay().toSeconds() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The facts as an element without a signature, for where the envelope around it is signed. */
    public static byte[] element(Receipt receipt) {
        String deadline = receipt.deadline()
                .map(term -> "<deadline><due>" + term.due() + "</due><met>" + term.met() + "</met></deadline>")
                .orElse("");
        return ("<receipt xmlns=\"" + NAMESPACE + "\"><receiptId>" + receipt.receiptId()
                        + "</receiptId><messageId>" + receipt.messageId()
                        + "</messageId><exchange>" + receipt.exchange().exchange()
                        + "</exchange><version>" + receipt.exchange().version()
                        + "</version><sender>" + receipt.sender()
                        + "</sender><contentDigest>" + receipt.contentDigest()
                        + "</contentDigest><bytesDigest>" + receipt.bytesDigest()
                        + "</bytesDigest><acceptedAt>" + receipt.acceptedAt()
                        + "</acceptedAt>" + deadline
                        + "<mergeDelaySeconds>" + receipt.mergeDelay().toSeconds()
                        + "</mergeDelaySeconds></receipt>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
