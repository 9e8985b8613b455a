// @ts-check
/** Who leaves this device leaves nothing to read on it: what is not yet confirmed stays sealed, the rest goes. */

import { answer } from "../capture/journal.js";
import { markTaps, markWith } from "./mark.js";
import { seal } from "./box.js";
import { keepOpenEnds } from "./ends.js";
import { able, keptKey, schoolOf } from "./key.js";
import { placeOf } from "./shelf.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */
/** @typedef {import("./box.js").Entry} Entry */

const MOST = 200;
const LARGEST = 300_000;
const CHOICES = "capture";

/** Why nothing can be sealed here, or nothing. @param {Journal} journal @returns {Promise<string>} */
export async function whyNot(journal) {
  if (!able()) return "This connection is not secure, so this browser cannot seal them.";
  return (await schoolOf(journal)) ? "" : "This device has never been told how to seal them.";
}

/** Everything of everybody but one. @param {Journal} journal @param {string | null} keep @returns {Promise<Entry[]>} */
const entriesOf = (journal, keep) =>
  journal.run(["events"], "readonly", async (store) => (await answer(store("events").getAll())).filter((/** @type {Entry} */ { person }) => person !== keep));

/** What the school confirmed and nobody marked came from the school. @param {Entry} entry */
const worthKeeping = ({ state, mac }) => state !== "stored" || Boolean(mac);

/** One visit a parcel, or several where it is long. @param {Entry[]} entries @returns {Entry[][]} */
export function parcels(entries) {
  /** @type {Map<string, Entry[]>} */
  const visits = new Map();
  for (const entry of entries.filter(worthKeeping)) {
    const whose = `${entry.person} ${entry.walkthrough}`;
    visits.set(whose, [...(visits.get(whose) ?? []), entry]);
  }
  return [...visits.values()].flatMap((visit) => parts(visit.sort((a, b) => a.seq - b.seq)));
}

/** @param {Entry[]} visit */
function parts(visit) {
  /** @type {Entry[][]} */
  const found = [];
  let size = 0;
  for (const entry of visit) {
    const more = JSON.stringify(entry.event).length;
    if (!found.length || size + more > LARGEST || /** @type {Entry[]} */ (found.at(-1)).length === MOST) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push(entry);
    size += more;
  }
  return found;
}

/** @param {Journal} journal @param {Entry[]} entries @returns {Promise<import("./shelf.js").Kept[]>} */
async function sealedFrom(journal, entries) {
  const school = await schoolOf(journal);
  const device = await journal.read("kept", "device");
  if (!school) return [];
  return Promise.all(parcels(entries).map(async (parcel) => {
    const sealed = await seal(school, device, parcel);
    const safe = parcel.every(({ state }) => state === "stored");
    return { id: sealed.id, sealed, probe: parcel[parcel.length - 1].id, settled: safe ? Math.max(...parcel.map((entry) => entry.settled ?? 0)) : 0 };
  }));
}

/** Puts the records in the place of the entries, in one transaction; answers whether more was tapped meanwhile. @param {Journal} journal @param {import("./shelf.js").Kept[]} records @param {Entry[]} entries @param {string | null} keep */
const swap = (journal, records, entries, keep) =>
  journal.run(["events", "walks", "drafts", "kept"], "readwrite", async (store) => {
    for (const record of records) store("kept").put(record, placeOf(record.id));
    for (const { id } of entries) store("events").delete(id);
    const left = (await answer(store("events").getAll())).some((/** @type {Entry} */ { person }) => person !== keep);
    if (!left) await clear(store, keep);
    return left;
  });

/** @param {(name: string) => IDBObjectStore} store @param {string | null} keep */
async function clear(store, keep) {
  for (const { id, person } of await answer(store("walks").getAll())) {
    if (person === keep) continue;
    store("walks").delete(id);
    store("drafts").delete(IDBKeyRange.bound(`${id}/`, `${id}/\uffff`));
  }
  store("kept").delete(IDBKeyRange.bound("present/", "present/\uffff"));
  if ((await answer(store("kept").get("key")))?.person !== keep) store("kept").delete("key");
  if ((await answer(store("kept").get("kit")))?.kit?.person?.id !== keep) store("kept").delete("kit");
}

/** Open ends become taps, marked by the key that is still here. @param {Journal} journal @param {string | null} keep */
export async function finishTaps(journal, keep) {
  await keepOpenEnds(journal, await journal.read("kept", "device"), keep);
  const key = await keptKey(journal);
  if (!key || key.person === keep || !able()) return;
  markWith(key);
  const waiting = await journal.inState(key.person, "waiting");
  await markTaps(journal, waiting.filter((/** @type {Entry} */ { mac }) => !mac).map(({ event }) => event));
  markWith(null);
}

/** Seals what everybody but one has here, and clears what tells of them. @param {Journal} journal @param {string | null} keep */
export async function sealAway(journal, keep) {
  await finishTaps(journal, keep);
  for (let more = true; more; ) {
    const entries = await entriesOf(journal, keep);
    more = await swap(journal, await sealedFrom(journal, entries), entries, keep);
  }
  tellLeft();
}

/** Where nothing can be sealed: what is confirmed goes, and what waits stays readable, which is said before. @param {Journal} journal */
export async function leaveUnsealed(journal) {
  const safe = (await entriesOf(journal, null)).filter(({ state }) => state === "stored");
  await swap(journal, [], safe, null);
  await journal.run(["kept"], "readwrite", (store) => {
    for (const name of ["key", "kit"]) store("kept").delete(name);
  });
  tellLeft();
}

/** Other tabs of this device forget what they show. */
function tellLeft() {
  try {
    localStorage.removeItem(CHOICES);
  } catch {
    // Then nothing was kept there.
  }
  if ("BroadcastChannel" in globalThis) new BroadcastChannel("crosswalk").postMessage({ left: true });
}
