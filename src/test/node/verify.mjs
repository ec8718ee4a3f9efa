// node verify.mjs CERTIFICATE FILE               a compact JWS, such as a receipt: prints what it says
// node verify.mjs CERTIFICATE FILE SIGNATURE     a detached JWS over the file's bytes: prints who signed
// The certificate is the one that the party directory names; what the signature carries along must be the same.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { compactVerify, decodeProtectedHeader } from "jose";
import { verify } from "./jws.mjs";

const [certificateFile, file, detached] = process.argv.slice(2);
const certificate = new X509Certificate(readFileSync(certificateFile));
const bytes = readFileSync(file);

if (detached) {
  await verify(certificate, bytes, detached.trim());
  console.log("signed by", certificate.subject.split("\n").pop());
} else {
  const jws = bytes.toString("ascii").trim();
  if (decodeProtectedHeader(jws).x5c?.[0] !== certificate.raw.toString("base64")) {
    throw new Error("signed with another certificate");
  }
  const { payload } = await compactVerify(jws, certificate.publicKey);
  console.log(JSON.stringify(JSON.parse(new TextDecoder().decode(payload)), null, 2));
}
