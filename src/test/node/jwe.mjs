// node jwe.mjs encrypt CERTIFICATE MEDIA-TYPE < clear > jwe    to the certificate's key, as the gateway and its parties do
// node jwe.mjs decrypt KEY < jwe > {"header", "body"}
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { compactDecrypt, CompactEncrypt } from "jose";

const [what, file, cty] = process.argv.slice(2);
const came = readFileSync(0);
if (what === "encrypt") {
  const key = new X509Certificate(readFileSync(file)).publicKey;
  const alg = key.asymmetricKeyType === "rsa" ? "RSA-OAEP-256" : "ECDH-ES+A256KW";
  process.stdout.write(await new CompactEncrypt(came).setProtectedHeader({ alg, enc: "A256GCM", cty }).encrypt(key));
} else {
  const key = createPrivateKey(readFileSync(file));
  const { plaintext, protectedHeader } = await compactDecrypt(came.toString("ascii"), key, {
    keyManagementAlgorithms: ["ECDH-ES+A256KW", "RSA-OAEP-256"],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  process.stdout.write(JSON.stringify({ header: protectedHeader, body: Buffer.from(plaintext).toString() }));
}
