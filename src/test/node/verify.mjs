// node verify.mjs CERTIFICATE FILE               a compact JWS, such as a receipt: prints what it says
// node verify.mjs CERTIFICATE FILE SIGNATURE     a detached JWS over the file's bytes: prints who signed
// The certificate is the one that the party directory names; what the signature carries along must be the same.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { compactVerify, decodeProtectedHeader, flattenedVerify } from "jose";

const [certificateFile, file, detached] = process.argv.slice(2);
const certificate = new X509Certificate(readFileSync(certificateFile));
const bytes = readFileSync(file);
const jws = (detached ?? bytes.toString("ascii")).trim();

if (decodeProtectedHeader(jws).x5c?.[0] !== certificate.raw.toString("base64")) {
  throw new Error("signed with another certificate");
}
if (detached) {
  const [header, , signature] = jws.split(".");
  const payload = decodeProtectedHeader(jws).b64 === false ? bytes : bytes.toString("base64url");
  await flattenedVerify({ protected: header, payload, signature }, certificate.publicKey);
  console.log("signed by", certificate.subject.split("\n").pop());
} else {
  const { payload } = await compactVerify(jws, certificate.publicKey);
  console.log(JSON.stringify(JSON.parse(new TextDecoder().decode(payload)), null, 2));
}
