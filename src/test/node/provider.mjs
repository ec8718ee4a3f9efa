// node provider.mjs KEY CERTIFICATE CLIENT SECRET
// A real OpenID provider (oidc-provider) on a free port of 127.0.0.1, with TLS. Prints its issuer and answers 503; reads the
// client's redirect address from its input, prints "ready" and serves, until its input ends.
// Anybody may log in, with any password; the name says who it is. Whoever has the name of a kind of forgery gets an ID token
// that would make them an admin, forged in that way.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createInterface } from "node:readline";
import { base64url, decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { Provider } from "oidc-provider";

const [keyFile, certificateFile, client, secret] = process.argv.slice(2);
const alg = "RS256";
const kid = "of-the-provider";
const own = await generateKeyPair(alg, { extractable: true });
const others = await generateKeyPair(alg, { extractable: true });
const now = () => Math.floor(Date.now() / 1000);

const signed = (claims, key = own.privateKey, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(key);
const with_ = (more) => (claims) => signed({ ...claims, ...more(claims) });
const forgeries = {
  "signed-by-another-key": (claims) => signed(claims, others.privateKey),
  "signed-by-a-key-that-it-brings": async (claims) =>
    signed(claims, others.privateKey, { jwk: await exportJWK(others.publicKey) }),
  "not-signed": (claims) => new UnsecuredJWT(claims).encode(),
  "signed-with-the-clients-secret": (claims) => signed(claims, new TextEncoder().encode(secret), { alg: "HS256" }),
  "altered-after-it-was-signed": (claims, token) => {
    const [header, , signature] = token.split(".");
    return [header, base64url.encode(JSON.stringify({ ...claims, groups: ["chapar-operators"] })), signature].join(".");
  },
  "with-another-nonce": with_(() => ({ nonce: randomUUID() })),
  "without-a-nonce": with_(() => ({ nonce: undefined })),
  "for-another-client": with_(() => ({ aud: "somebody-else" })),
  "for-another-client-too": with_(({ aud }) => ({ aud: [aud, "somebody-else"], azp: "somebody-else" })),
  "of-another-issuer": with_(({ iss }) => ({ iss: `${iss}/other` })),
  "of-no-issuer": with_(() => ({ iss: "not an address" })),
  "of-yesterday": with_(() => ({ iat: now() - 86_400, exp: now() - 82_800 })),
  "without-an-end": with_(() => ({ exp: undefined })),
  "of-tomorrow": with_(() => ({ iat: now() + 86_400, exp: now() + 90_000 })),
  "of-nobody": with_(() => ({ sub: undefined })),
  "no-token-at-all": () => "x",
};

const groups = (name) =>
  ["viewer", "operator", "auditor", "admin"].includes(name)
    ? ["staff", `chapar-${name}s`]
    : name in forgeries
      ? ["chapar-admins"]
      : { "one-string": "chapar-viewers", "nearly-an-admin": ["CHAPAR-ADMINS", "chapar-admins "] }[name];

let serve = (request, response) => response.writeHead(503).end();
const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
const server = createServer(tls, (request, response) => serve(request, response));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `https://127.0.0.1:${server.address().port}`;
console.log(issuer);

const input = createInterface({ input: process.stdin });
input.once("line", async (redirect) => {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: [redirect],
        post_logout_redirect_uris: [new URL("/hawtio/login", redirect).href],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(own.privateKey)), kid, alg, use: "sig" }] },
    cookies: { keys: [randomUUID()] },
    pkce: { required: () => true },
    scopes: ["openid", "groups"],
    claims: { openid: ["sub"], groups: ["groups"] },
    // in the ID token, too
    conformIdTokenClaims: false,
    findAccount: (context, name) => ({
      accountId: name,
      claims: (use) => ({ sub: name, groups: use === "id_token" ? groups(name) : ["chapar-admins"] }),
    }),
  });
  provider.use(async (context, next) => {
    await next();
    const token = context.oidc?.route === "token" ? context.body?.id_token : undefined;
    if (token) {
      const claims = decodeJwt(token);
      context.body.id_token = (await forgeries[claims.sub]?.(claims, token)) ?? token;
    }
  });
  serve = provider.callback();
  console.log("ready");
});
input.once("close", () => process.exit());
