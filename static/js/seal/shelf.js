// @ts-check
/** The sealed records of this device: on their way, or confirmed and kept for thirty days in case the school loses them. */

import { answer } from "../capture/journal.js";
import { post } from "../capture/courier.js";
import { Outbox } from "../capture/outbox.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */
/** @typedef {{id: string, sealed: import("./box.js").Sealed, probe: string, settled: number, refused?: string}} Kept `probe` is what a school that holds it knows */

const DAYS_KEPT = 30;
const PREFIX = "sealed/";
const ALL = () => IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);

/** @param {string} id */
export const placeOf = (id) => PREFIX + id;

/** @param {Journal} journal @returns {Promise<Kept[]>} */
export const sealedHere = (journal) => journal.run(["kept"], "readonly", (store) => answer(store("kept").getAll(ALL())));

/** Those that are not at school yet. @param {Journal} journal */
export const onTheirWay = async (journal) => (await sealedHere(journal)).filter(({ settled }) => !settled);

/** @param {Journal} journal @param {string[]} ids @param {(kept: Kept) => Kept | null} change null lets go of it */
const each = (journal, ids, change) =>
  journal.run(["kept"], "readwrite", async (store) => {
    for (const id of ids) {
      const kept = await answer(store("kept").get(placeOf(id)));
      const changed = kept && change(kept);
      if (changed) store("kept").put(changed, placeOf(id));
      else if (kept) store("kept").delete(placeOf(id));
    }
  });

/** Writes down what the school said of each. What it set aside it knows by the record’s own name. @param {Journal} journal @param {any[]} results */
const settle = (journal, results) => {
  const said = new Map(results.map((result) => [result.id, result]));
  return each(journal, [...said.keys()], (kept) => {
    const { outcome, reason } = said.get(kept.id);
    const aside = outcome === "stored" ? {} : { probe: kept.id, refused: outcome === "refused" ? reason : undefined };
    return { ...kept, ...aside, settled: Date.now() };
  });
};

/** Carries them to school, whoever is signed in. @param {Journal} journal @param {string} device @param {() => void} [changed] */
export function carrier(journal, device, changed) {
  return new Outbox({
    line: {
      take: async (limit) => (await onTheirWay(journal)).slice(0, limit).map(({ id, sealed }) => ({ id, event: sealed })),
      settle: (results) => settle(journal, results),
      count: async () => (await onTheirWay(journal)).length,
    },
    post: (sealed) => post("/sync", { device, sealed }),
    changed,
  });
}

/** Puts back on the way what a school that went back in time lacks, and lets go of what it has had for thirty days. @param {Journal} journal */
export async function lookBack(journal) {
  const since = Date.now() - DAYS_KEPT * 86_400_000;
  const settled = (await sealedHere(journal)).filter((kept) => kept.settled);
  await each(journal, settled.filter((kept) => kept.settled < since && !kept.refused).map(({ id }) => id), () => null);
  if (!settled.length) return;
  const { status, body } = await post("/sync/have", { carried: settled.map(({ probe }) => probe) });
  if (status !== 200 || body?.server !== "crosswalk" || !Array.isArray(body.have)) return;
  const held = new Set(body.have);
  await each(journal, settled.filter(({ probe }) => !held.has(probe)).map(({ id }) => id), (kept) => ({ ...kept, settled: 0 }));
}
