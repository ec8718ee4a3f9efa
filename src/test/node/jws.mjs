// Detached JWS (RFC 7515, appendix F), as they stand in X-JWS-Signature.
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeProtectedHeader, FlattenedSign, flattenedVerify } from "jose";

/** Over these bytes, with the key in the party's folder. */
export async function sign(folder, bytes) {
  const key = createPrivateKey(readFileSync(`${folder}/sign.key.pem`));
  const certificate = new X509Certificate(readFileSync(`${folder}/sign.cert.pem`));
  const alg = key.asymmetricKeyType === "rsa" ? "PS256" : "ES256";
  const jws = await new FlattenedSign(bytes)
    .setProtectedHeader({ alg, x5c: [certificate.raw.toString("base64")] })
    .sign(key);
  return `${jws.protected}..${jws.signature}`;
}

/** @throws unless it is over exactly these bytes, with this certificate, which is the one that the party directory names */
export async function verify(certificate, bytes, detached) {
  const { x5c, b64 } = decodeProtectedHeader(detached);
  if (x5c?.[0] !== certificate.raw.toString("base64")) {
    throw new Error("signed with another certificate");
  }
  const [header, , signature] = detached.split(".");
  const payload = b64 === false ? bytes : bytes.toString("base64url");
  await flattenedVerify({ protected: header, payload, signature }, certificate.publicKey);
}
