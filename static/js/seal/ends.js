// @ts-check
/** What was still open on the screen of a visit when its author left: kept as it stands, so that nothing typed is lost. */

import { uuid7 } from "../capture/ids.js";
import { answer } from "../capture/journal.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */
/** @typedef {import("../capture/journal.js").Entry} Entry */

const some = (/** @type {Record<string, number>} */ counts) => Object.values(counts ?? {}).some((n) => n > 0);

/** The event a draft comes to, or nothing. @param {string} name @param {any} draft @returns {[string, any] | null} */
export function eventOf(name, draft) {
  if (name === "note" && draft.text?.trim()) {
    const goes = draft.goes && draft.goes !== "none" ? [draft.goes] : [];
    return ["note_written", { note: draft.note ?? uuid7(), text: draft.text.trim(), speaker: draft.speaker ?? null, look_fors: goes, components: [], slot: draft.slot ?? null }];
  }
  if (name === "sweep" && some(draft.counts)) return ["sweep_taken", { counts: draft.counts, began_at: draft.began_at }];
  if (name === "topics") {
    const sizes = [...draft.groups.filter((/** @type {number} */ n) => n > 0), ...Array(draft.alone).fill(1)];
    return sizes.length ? ["topics_grouped", { sizes }] : null;
  }
  if (name.startsWith("quote-") && String(draft).trim()) {
    return ["note_written", { note: uuid7(), text: String(draft).trim(), speaker: "student", look_fors: [], components: [], slot: null }];
  }
  return null;
}

/** @param {any} row @param {Entry[]} entries @param {string} device @param {[string, any]} made @returns {Entry} */
function entryFor(row, entries, device, [kind, data]) {
  const seq = 1 + Math.max(0, ...entries.filter((entry) => entry.device === device).map((entry) => entry.seq));
  const began = Date.parse(row.started_at);
  const event = { id: uuid7(), walkthrough: row.id, device, seq, at: new Date().toISOString(), elapsed_ms: Math.max(0, Date.now() - began), kind, data };
  return { id: event.id, walkthrough: row.id, device, seq, person: row.person, state: "waiting", event };
}

/** Turns the drafts of open visits into events, all in one transaction. @param {Journal} journal @param {string} device @param {string | null} keep whose stay drafts */
export const keepOpenEnds = (journal, device, keep) =>
  journal.run(["events", "walks", "drafts"], "readwrite", async (store) => {
    for (const row of await answer(store("walks").getAll())) {
      if (row.finished_at || row.person === keep) continue;
      const entries = await answer(store("events").index("walkthrough").getAll(row.id));
      const mine = IDBKeyRange.bound(`${row.id}/`, `${row.id}/\uffff`);
      for (const place of await answer(store("drafts").getAllKeys(mine))) {
        const made = eventOf(String(place).slice(row.id.length + 1), await answer(store("drafts").get(place)));
        const entry = made && entryFor(row, entries, device, made);
        if (entry) entries.push(entry);
        if (entry) store("events").put(entry);
        if (entry) store("drafts").delete(place);
      }
    }
  });
