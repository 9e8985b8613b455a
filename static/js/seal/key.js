// @ts-check
/** The key for marks: given at sign-in for one person on one device, kept where no script can read it out. */

import { post } from "../capture/courier.js";
import { uuid7 } from "../capture/ids.js";
import { read } from "./box.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */
/** @typedef {import("./mark.js").Pen & {school: import("./box.js").School}} Key */

const DAY = 86_400_000;
const RENEW = 90 * DAY;

/** Whether this browser can mark and seal at all: only where the connection is secure. */
export const able = () => Boolean(globalThis.crypto?.subtle);

/** @param {Journal} journal @returns {Promise<string>} */
export async function deviceOf(journal) {
  const kept = await journal.read("kept", "device");
  if (kept) return kept;
  const made = uuid7();
  await journal.write("kept", made, "device");
  return made;
}

/** @param {Journal} journal @returns {Promise<Key | undefined>} */
export const keptKey = (journal) => journal.read("kept", "key");

/** The newest public key of the school that this device was told. @param {Journal} journal @returns {Promise<import("./box.js").School | undefined>} */
export async function schoolOf(journal) {
  const told = [(await journal.read("kept", "kit"))?.kit?.seal, (await keptKey(journal))?.school].filter(Boolean);
  return told.sort((a, b) => (a.until < b.until ? 1 : -1))[0];
}

/** This person’s key on this device, asked for where there is none or the school’s pair grows old. @param {Journal} journal @param {string} device @param {string} person @returns {Promise<Key | null>} */
export async function keyOf(journal, device, person) {
  const kept = await keptKey(journal);
  const mine = kept?.person === person && kept.device === device ? kept : null;
  if (mine && Date.parse(mine.school.until) - Date.now() > RENEW - DAY) return mine;
  const { status, body } = await post("/sync/key", { device });
  if (status !== 200 || body?.server !== "crosswalk" || body.person !== person) return mine;
  const key = mine?.key ?? (await crypto.subtle.importKey("raw", read(body.key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]));
  const made = { person, device, key, school: body.seal };
  await journal.write("kept", made, "key");
  return made;
}
