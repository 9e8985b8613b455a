// @ts-check
/** An open visit that is at school and not on this device comes back to its author: begun on another one, or sealed here. */

import { json } from "../capture/courier.js";
import { frozen } from "../capture/kit.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */
/** @typedef {import("../capture/journal.js").Event} Event */

const PATIENCE = 10_000;

/** @param {string} id @returns {Promise<Event[]>} */
async function eventsAtSchool(id) {
  const response = await fetch(`/sync/visits/${encodeURIComponent(id)}`, {
    headers: { "X-Crosswalk": "1" }, credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
  });
  const body = await json(response);
  return response.status === 200 && body?.server === "crosswalk" && Array.isArray(body.events) ? body.events : [];
}

/** Answers whether it came. @param {Journal} journal @param {any} kit @param {string} id */
export async function bringBack(journal, kit, id) {
  const events = await eventsAtSchool(id);
  const started = events.find(({ kind }) => kind === "started");
  if (!started || !kit) return false;
  const person = kit.person.id;
  const form = frozen(kit, started.data.teacher, started.data.class ?? null);
  const entries = events.map((event) => ({
    id: event.id, walkthrough: id, device: event.device, seq: event.seq, person, state: /** @type {const} */ ("stored"), settled: Date.now(), event,
  }));
  await journal.append(entries, { walk: { id, person, form, started_at: started.at, finished_at: null } });
  return true;
}
