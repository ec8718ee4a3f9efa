// node receiver.mjs PARTY-FOLDER PORT
//     a receiver that takes deliveries at /deliveries, and a provider that knows nobody at /queries, both in JSON; prints its
//     port, and each delivery that it takes
// The folder beside the party's holds the authority and the gateway's certificates, as certs-dev does.
import { createHash, randomBytes, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { basename, join } from "node:path";
import { sign, verify } from "./jws.mjs";

const [folder, port] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name));
const gateway = (name) => new X509Certificate(read(`../CHAPAR/${name}.cert.pem`));
const taken = new Set(); // in earnest on a disk, written before the acknowledgement goes out

/** What only the gateway can have sent: over its certificate, with its signature over exactly these bytes. */
async function ofTheGateway(request, bytes) {
  if (!request.socket.getPeerCertificate().raw?.equals(gateway("tls").raw)) {
    throw new Error("another client certificate than the gateway's");
  }
  await verify(gateway("sign"), bytes, request.headers["x-jws-signature"] ?? "");
}

function take(headers, bytes) {
  const deliveryId = headers["chapar-delivery-id"];
  if (!taken.has(deliveryId)) {
    taken.add(deliveryId);
    console.log(deliveryId, bytes.toString());
  }
  return { deliveryId, digest: `sha-256:${createHash("sha256").update(bytes).digest("hex")}`, at: new Date().toISOString() };
}

function answer(headers, { header: { conversationId, exchange, version } }) {
  const [messageId, sentAt, nonce] = [randomUUID(), new Date().toISOString(), randomBytes(16).toString("hex")];
  const header = { messageId, conversationId, exchange, version, action: "new", sender: basename(folder), sentAt, nonce };
  return { header, questionDigest: headers["chapar-original-digest"], found: false };
}

async function handle(request, response) {
  const bytes = Buffer.concat(await request.toArray());
  try {
    await ofTheGateway(request, bytes);
  } catch (refused) {
    // 401 speaks of the channel: it stops, and nothing is lost. Another 4xx would park this delivery.
    response.writeHead(401).end(`${refused.message}\n`);
    return;
  }
  const { url, headers } = request;
  const said = Buffer.from(JSON.stringify(url.endsWith("/queries") ? answer(headers, JSON.parse(bytes)) : take(headers, bytes)));
  response.writeHead(200, { "Content-Type": "application/json", "X-JWS-Signature": await sign(folder, said) }).end(said);
}

const tls = { key: read("tls.key.pem"), cert: read("tls.cert.pem"), ca: read("../ca.cert.pem"), minVersion: "TLSv1.3" };
const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, handle);
server.listen(Number(port), "localhost", () => console.log(server.address().port));
