package io.chapar.trust;

import io.chapar.message.Digest;
import java.security.cert.X509Certificate;
import org.w3c.dom.Document;

/**
 * XML whose signature verifies.
 *
 * @param document exactly what the signature covers, without the signature; for SOAP the body's child
 * @param contentDigest over the exclusive C14N of that document
 * @param signer whose key made the signature; whether it may be trusted is for {@link CertificatePaths} to say
 */
public record SignedXml(Document document, Digest contentDigest, X509Certificate signer) {}
