// node queue.mjs send PARTY-FOLDER PORT EXCHANGE FILE [ATTACHMENT]
//     writes the file to in.<PARTY>, beside it the one attachment that it names; prints the answer from out.<PARTY>
// node queue.mjs take PARTY-FOLDER PORT
//     takes a delivery from out.<PARTY>, acknowledges it, prints it; of an attachment size and digest
// The folder beside the party's holds the authority, as certs-dev does. JSON is signed here; XML carries its signature,
// and no attachment goes with it here.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import rhea from "rhea";
import { sign } from "./jws.mjs";

const [what, folder, port, exchange, file, attachment] = process.argv.slice(2);
const party = basename(folder);
const read = (name) => readFileSync(join(folder, name));

async function message(bytes, kind, properties) {
  const xml = bytes[0] === 0x3c;
  return {
    message_id: randomUUID(),
    durable: true,
    content_type: xml ? "application/xml" : "application/json",
    application_properties: { kind, ...properties, ...(xml ? {} : { jwsSignature: await sign(folder, bytes) }) },
    body: rhea.message.data_section(bytes),
  };
}

const digest = (bytes) => `sha-256:${createHash("sha256").update(bytes).digest("hex")}`;

// The signature stands on the first part, the document.
async function withAttachment(document, bytes) {
  const [named] = JSON.parse(document).attachment;
  const boundary = randomUUID();
  const first = `--${boundary}\r\nContent-Type: application/json\r\nContent-ID: <document>\r\nX-JWS-Signature: ${await sign(folder, document)}\r\n\r\n`;
  const second = `\r\n--${boundary}\r\nContent-Type: ${named.mediaType}\r\nContent-ID: <${named.contentId}>\r\n\r\n`;
  const parts = [first, document, second, bytes, `\r\n--${boundary}--\r\n`];
  return {
    message_id: randomUUID(),
    durable: true,
    content_type: `multipart/related; type="application/json"; start="<document>"; boundary="${boundary}"`,
    application_properties: { kind: "message", exchange },
    body: rhea.message.data_section(Buffer.concat(parts.map((part) => Buffer.from(part)))),
  };
}

function taken(body, contentType) {
  const boundary = /^multipart.*boundary="([^"]+)"/.exec(contentType)?.[1];
  if (!boundary) {
    return { document: body };
  }
  const content = (from) => body.indexOf("\r\n\r\n", from) + 4;
  const document = body.subarray(content(0), body.indexOf(`\r\n--${boundary}`, content(0)));
  const beside = content(content(0) + document.length);
  const file = body.subarray(beside, body.lastIndexOf(`\r\n--${boundary}--`));
  return { document, attachment: { size: file.length, digest: digest(file) } };
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

let sending;
if (what === "send") {
  sending = attachment
    ? await withAttachment(readFileSync(file), readFileSync(attachment))
    : await message(readFileSync(file), "message", { exchange });
}
const sender = connection.open_sender(`in.${party}`);
// What is not for us stays unsettled, and is in the queue again when the connection is closed.
connection.open_receiver({ source: `out.${party}`, autoaccept: false, credit_window: 100 });
if (sending) {
  sender.once("sendable", () => sender.send(sending));
}

let done = false;
rhea.on("message", async ({ message: came, delivery }) => {
  const { kind, ...properties } = came.application_properties;
  if (done || (sending ? came.correlation_id !== sending.message_id : kind !== "delivery")) {
    return;
  }
  done = true;
  const { document, ...beside } = taken(came.body.content ?? Buffer.from(came.body), came.content_type);
  if (!sending) {
    const at = new Date().toISOString();
    const said = Buffer.from(JSON.stringify({ deliveryId: properties.deliveryId, digest: digest(document), at }));
    sender.send(await message(said, "acknowledgement", {}));
    await new Promise((accepted) => sender.once("accepted", accepted));
  }
  delivery.accept();
  console.log(JSON.stringify({ kind, contentType: came.content_type, ...properties, body: document.toString(), ...beside }));
  rhea.removeAllListeners("disconnected");
  connection.close();
});
