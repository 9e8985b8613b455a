// @ts-check
/**
 * The author’s mark on each tap, by a key that cannot leave this device and goes with the sign-out. A tap is
 * kept first and marked a moment later, so that keeping never waits for what may fail.
 */

import { answer } from "../capture/journal.js";

/** @typedef {{person: string, device: string, key: CryptoKey}} Pen */

/** @type {Pen | null} */
let pen = null;

/** What this device marks with from now on. @param {Pen | null} held */
export const markWith = (held) => {
  pen = held;
};

/** The text that is marked, sealed and read by the school: an event as it is sent. @param {any} event */
export const textOf = (event) => new TextEncoder().encode(JSON.stringify(event));

/** Marks taps that are kept already. @param {import("../capture/journal.js").Journal} journal @param {any[]} events */
export async function markTaps(journal, events) {
  const held = pen;
  if (!held || !events.length) return;
  const marks = await Promise.all(events.map((event) => crypto.subtle.sign("HMAC", held.key, textOf(event))));
  const db = await journal.base();
  const store = db.transaction("events", "readwrite", { durability: "relaxed" }).objectStore("events");
  for (const [i, { id }] of events.entries()) {
    const entry = await answer(store.get(id));
    if (entry?.person === held.person && !entry.mac) store.put({ ...entry, mac: marks[i] });
  }
}

/** Marks what a kill, or a first visit without a network, left unmarked. @param {import("../capture/journal.js").Journal} journal */
export async function markWaiting(journal) {
  if (!pen) return;
  const entries = await journal.inState(pen.person, "waiting");
  await markTaps(journal, entries.filter((/** @type {any} */ entry) => !entry.mac).map(({ event }) => event));
}
