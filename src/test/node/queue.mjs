// node queue.mjs send PARTY-FOLDER PORT EXCHANGE FILE    writes the file to in.<PARTY>; prints the answer from out.<PARTY>
// node queue.mjs take PARTY-FOLDER PORT                  takes a delivery from out.<PARTY>, acknowledges it, prints it
// The folder beside the party's holds the authority, as certs-dev does. JSON is signed here; XML carries its signature.
import { createHash, createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FlattenedSign } from "jose";
import rhea from "rhea";

const [what, folder, port, exchange, file] = process.argv.slice(2);
const party = basename(folder);
const read = (name) => readFileSync(join(folder, name));

async function sign(bytes) {
  const key = createPrivateKey(read("sign.key.pem"));
  const certificate = new X509Certificate(read("sign.cert.pem"));
  const alg = key.asymmetricKeyType === "rsa" ? "PS256" : "ES256";
  const jws = await new FlattenedSign(bytes)
    .setProtectedHeader({ alg, x5c: [certificate.raw.toString("base64")] })
    .sign(key);
  return `${jws.protected}..${jws.signature}`;
}

async function message(bytes, kind, properties) {
  const xml = bytes[0] === 0x3c;
  return {
    message_id: randomUUID(),
    durable: true,
    content_type: xml ? "application/xml" : "application/json",
    application_properties: { kind, ...properties, ...(xml ? {} : { jwsSignature: await sign(bytes) }) },
    body: rhea.message.data_section(bytes),
  };
}

const connection = rhea.connect({
  host: "localhost",
  port: Number(port),
  transport: "tls",
  enable_sasl_external: true,
  key: read("tls.key.pem"),
  cert: read("tls.cert.pem"),
  ca: read("../ca.cert.pem"),
  reconnect: false,
});
for (const failure of ["connection_error", "session_error", "sender_error", "receiver_error", "rejected", "disconnected"]) {
  rhea.on(failure, (context) => {
    console.error(failure, context.connection?.error ?? context.receiver?.error ?? context.sender?.error ?? context.delivery?.remote_state?.error ?? context.error ?? "");
    process.exit(1);
  });
}

const sending = what === "send" ? await message(readFileSync(file), "message", { exchange }) : undefined;
const sender = connection.open_sender(`in.${party}`);
// What is not for us stays unsettled, and is in the queue again when the connection is closed.
connection.open_receiver({ source: `out.${party}`, autoaccept: false, credit_window: 100 });
if (sending) {
  sender.once("sendable", () => sender.send(sending));
}

let taken = false;
rhea.on("message", async ({ message: came, delivery }) => {
  const { kind, ...properties } = came.application_properties;
  if (taken || (sending ? came.correlation_id !== sending.message_id : kind !== "delivery")) {
    return;
  }
  taken = true;
  const body = came.body.content ?? Buffer.from(came.body);
  if (!sending) {
    const digest = `sha-256:${createHash("sha256").update(body).digest("hex")}`;
    const at = new Date().toISOString();
    const said = Buffer.from(JSON.stringify({ deliveryId: properties.deliveryId, digest, at }));
    sender.send(await message(said, "acknowledgement", {}));
    await new Promise((done) => sender.once("accepted", done));
  }
  delivery.accept();
  console.log(JSON.stringify({ kind, contentType: came.content_type, ...properties, body: body.toString() }));
  rhea.removeAllListeners("disconnected");
  connection.close();
});
