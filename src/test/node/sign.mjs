// node sign.mjs PARTY-FOLDER FILE      a detached JWS over the file's bytes, for X-JWS-Signature
import { readFileSync } from "node:fs";
import { sign } from "./jws.mjs";

const [folder, file] = process.argv.slice(2);
console.log(await sign(folder, readFileSync(file)));
