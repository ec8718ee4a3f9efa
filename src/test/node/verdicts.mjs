// node verdicts.mjs < LINES      what jose says to many detached JWS, a line for each
// A line in: {"certificate": base64 of DER, "payload": base64, "jws": the header X-JWS-Signature}. A line out: yes, or no.
import { X509Certificate } from "node:crypto";
import { createInterface } from "node:readline";
import { decodeProtectedHeader, flattenedVerify } from "jose";

const keys = new Map();
const key = (base64) =>
  keys.get(base64) ?? keys.set(base64, new X509Certificate(Buffer.from(base64, "base64")).publicKey).get(base64);

for await (const line of createInterface({ input: process.stdin })) {
  const { certificate, payload, jws } = JSON.parse(line);
  try {
    const [header, , signature] = jws.split(".");
    const bytes = Buffer.from(payload, "base64");
    const signed = decodeProtectedHeader(jws).b64 === false ? bytes : bytes.toString("base64url");
    await flattenedVerify({ protected: header, payload: signed, signature }, key(certificate));
    console.log("yes");
  } catch {
    console.log("no");
  }
}
