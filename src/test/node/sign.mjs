// node sign.mjs PARTY-FOLDER FILE      a detached JWS (RFC 7515, appendix F) over the file's bytes, for X-JWS-Signature
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { FlattenedSign } from "jose";

const [folder, file] = process.argv.slice(2);
const key = createPrivateKey(readFileSync(`${folder}/sign.key.pem`));
const certificate = new X509Certificate(readFileSync(`${folder}/sign.cert.pem`));
const alg = key.asymmetricKeyType === "rsa" ? "PS256" : "ES256";

const jws = await new FlattenedSign(readFileSync(file))
  .setProtectedHeader({ alg, x5c: [certificate.raw.toString("base64")] })
  .sign(key);
console.log(`${jws.protected}..${jws.signature}`);
