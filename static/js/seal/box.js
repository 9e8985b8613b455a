// @ts-check
/** Closes a box to the school’s public key: who carries it cannot read it, nor can this device open it again. */

import { textOf } from "./mark.js";
import { uuid7 } from "../capture/ids.js";

/** @typedef {{key_id: string, public_key: string, until: string}} School where boxes go */
/** @typedef {{id: string, key_id: string, author: string, device: string, epk: string, iv: string, box: string}} Sealed */
/** @typedef {import("../capture/journal.js").Entry & {mac?: ArrayBuffer}} Entry */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Bytes as they travel. @param {ArrayBuffer | Uint8Array} bytes */
export function written(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
export const read = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** A key for this one box, and what the school needs to find the same one. @param {School} school */
async function keyFor(school) {
  const once = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]));
  const theirs = await crypto.subtle.importKey("raw", read(school.public_key), CURVE, false, []);
  const common = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
  const epk = await crypto.subtle.exportKey("raw", once.publicKey);
  const base = await crypto.subtle.importKey("raw", common, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: epk, info: utf8("crosswalk box 1") };
  return { epk, key: await crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]) };
}

/** Seals entries of one author. @param {School} school @param {string} device @param {Entry[]} entries @returns {Promise<Sealed>} */
export async function seal(school, device, entries) {
  const outside = { id: uuid7(), key_id: school.key_id, author: entries[0].person, device };
  const inside = entries.map(({ event, mac }) => [new TextDecoder().decode(textOf(event)), mac ? written(mac) : ""]);
  const { epk, key } = await keyFor(school);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = utf8([outside.id, outside.key_id, outside.author, outside.device].join("\n"));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, utf8(JSON.stringify(inside)));
  return { ...outside, epk: written(epk), iv: written(iv), box: written(box) };
}
