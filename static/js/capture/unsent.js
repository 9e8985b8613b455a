// @ts-check
/** What still waits on this phone: how much, of which visits, and for how long. */

import { plural } from "./words.js";

/** @typedef {import("./journal.js").Journal} Journal */

/** @typedef {{id: string, name: string, waiting: number, troubled: string[]}} Share what one visit still has here */

/** @param {Journal} journal @param {string} person */
export async function unsent(journal, person) {
  const waiting = await journal.inState(person, "waiting");
  const troubled = (await Promise.all([journal.inState(person, "conflict"), journal.inState(person, "refused"), journal.inState(person, "quarantined")])).flat();
  const names = new Map((await journal.walks()).map((row) => [row.id, row.form?.teacher?.name ?? "A visit"]));
  /** @type {Map<string, Share>} */
  const walks = new Map();
  const of = (/** @type {string} */ id) => walks.get(id) ?? walks.set(id, { id, name: names.get(id) ?? "A visit", waiting: 0, troubled: [] }).get(id);
  for (const entry of waiting) /** @type {Share} */ (of(entry.walkthrough)).waiting += 1;
  for (const entry of troubled) /** @type {Share} */ (of(entry.walkthrough)).troubled.push(entry.reason ?? "");
  const oldest = waiting.reduce((/** @type {number | null} */ least, { event }) => Math.min(least ?? Infinity, Date.parse(event.at)), null);
  return { count: waiting.length, oldest, walks: [...walks.values()] };
}

/** A stretch of time as people say it. @param {number} ms */
export function long(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return plural(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? plural(hours, "hour") : plural(Math.floor(hours / 24), "day");
}

/** @param {number} count @param {number | null} oldest @param {number} now */
export function waitingWords(count, oldest, now) {
  if (!count || oldest === null) return "";
  const age = long(Math.max(0, now - oldest));
  return count === 1 ? `1 tap has waited on this phone for ${age}.` : `${plural(count, "tap")} wait on this phone, the oldest for ${age}.`;
}
