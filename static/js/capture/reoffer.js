// @ts-check
/**
 * After a backup was put back, the school may lack what it once confirmed. The phone names the last entry it
 * was told is safe: a school without that one went back in time, and is asked about everything of thirty days.
 */

import { answer } from "./journal.js";

/** @typedef {import("./journal.js").Journal} Journal */
/** @typedef {(ids: string[]) => Promise<import("./outbox.js").Answer>} Ask */

const MOST = 5_000;
const TROUBLED = /** @type {const} */ (["quarantined", "refused", "conflict"]);

/** The entry of this person that was confirmed last. @param {Journal} journal @param {string} person @returns {Promise<string | undefined>} */
export const lastSafe = (journal, person) =>
  journal.run(["events"], "readonly", (store) => newest(store("events").index("settled").openCursor(null, "prev"), person));

/** @param {IDBRequest<IDBCursorWithValue | null>} request @param {string} person @returns {Promise<string | undefined>} */
function newest(request, person) {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const at = request.result;
      if (!at) resolve(undefined);
      else if (at.value.person === person && at.value.state === "stored") resolve(at.value.id);
      else at.continue();
    };
  });
}

/** @param {Journal} journal @param {string} person @param {import("./journal.js").State} state @returns {Promise<string[]>} */
const idsIn = (journal, person, state) =>
  journal.run(["events"], "readonly", (store) => answer(store("events").index("line").getAllKeys([person, state])));

/** @param {import("./outbox.js").Answer} reply @returns {string[]} */
function held({ status, body }) {
  if (status !== 200 || body?.server !== "crosswalk" || !Array.isArray(body.have)) throw new Error("The school did not say what it holds.");
  return body.have;
}

/** Entries go back in line. @param {Journal} journal @param {string[]} ids */
const again = (journal, ids) =>
  journal.run(["events"], "readwrite", async (store) => {
    for (const id of ids) {
      const entry = await answer(store("events").get(id));
      if (!entry) continue;
      const { settled: _, reason: __, ...rest } = entry;
      store("events").put({ ...rest, state: "waiting" });
    }
  });

/** Asks about every confirmed entry, and puts back in line what the school lacks; answers how many. @param {Journal} journal @param {string} person @param {Ask} ask */
export async function offerAgain(journal, person, ask) {
  const ids = await idsIn(journal, person, "stored");
  let count = 0;
  for (let i = 0; i < ids.length; i += MOST) {
    const asked = ids.slice(i, i + MOST);
    const safe = new Set(held(await ask(asked)));
    const lost = asked.filter((id) => !safe.has(id));
    await again(journal, lost);
    count += lost.length;
  }
  return count;
}

/** What the school kept for repair may have been mended by now. @param {Journal} journal @param {string} person */
async function troubled(journal, person) {
  const ids = [];
  for (const state of TROUBLED) ids.push(...(await idsIn(journal, person, state)));
  return ids.slice(0, MOST - 1);
}

/**
 * Once at each load: one question about the last safe entry and those kept for repair. Answers how many
 * entries have to be sent again.
 * @param {Journal} journal @param {string} person @param {Ask} ask @param {number} at
 */
export async function lookBack(journal, person, ask, at) {
  const last = await lastSafe(journal, person);
  const stuck = await troubled(journal, person);
  const ids = [...(last ? [last] : []), ...stuck];
  if (!ids.length) return 0;
  const safe = new Set(held(await ask(ids)));
  const mended = stuck.filter((id) => safe.has(id));
  if (mended.length) await journal.settle(mended.map((id) => ({ id, outcome: "stored" })), at);
  return last && !safe.has(last) ? offerAgain(journal, person, ask) : 0;
}
