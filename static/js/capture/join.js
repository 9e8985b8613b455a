// @ts-check
/** A visit begun on another device goes on here: what the school has of it comes to this phone, as safe. */

import { fetchWalk } from "./courier.js";
import { frozen } from "./kit.js";

/** @typedef {import("./journal.js").Event} Event */

/** Answers whether the visit is on this phone now. @param {import("./journal.js").Journal} journal @param {any} kit @param {string} id */
export async function joinWalk(journal, kit, id) {
  const { status, body } = await fetchWalk(id).catch(() => ({ status: 0, body: null }));
  /** @type {Event[]} */
  const events = status === 200 && body?.server === "crosswalk" ? body.events : [];
  const started = events.find(({ kind }) => kind === "started");
  if (!started) return false;
  const person = kit.person.id;
  const row = { id, person, form: frozen(kit, started.data.teacher, started.data.class), started_at: started.at, finished_at: null };
  const entries = events.map((event) => ({ id: event.id, walkthrough: id, device: event.device, seq: event.seq, person, state: /** @type {const} */ ("stored"), settled: Date.now(), event }));
  await journal.append(entries, { walk: row });
  return true;
}
