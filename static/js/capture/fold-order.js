// @ts-check
/**
 * The order of a walk's events, which of them stand, and whether the walk is finished: the twin
 * of rules/capture's undo.py and finish.py.
 */

import { EVENT_KINDS, instantText, isObject, parseInstant, whole } from "./event-data.js";

/** @typedef {import("./event-data.js").WalkEvent} WalkEvent */
/** @typedef {import("./event-data.js").Known} Known */

/**
 * Events never change once written, so each is read from its text only once for all folds.
 * @type {WeakMap<WalkEvent, Known | null>}
 */
const prepared = new WeakMap();

/**
 * @param {WalkEvent} given
 * @returns {Known | null}
 */
function prepare(given) {
  const before = prepared.get(given);
  if (before !== undefined) return before;
  const { id, device, seq, at, kind, data, elapsed_ms } = given;
  const ms = Object.hasOwn(EVENT_KINDS, kind) ? parseInstant(at) : null;
  const readable = isObject(data) ? data : {};
  const event =
    ms === null
      ? null
      : { id, device, seq, kind, data: readable, ms, at: instantText(ms), elapsed: whole(elapsed_ms, 1e12) };
  prepared.set(given, event);
  return event;
}

/**
 * Events of known kinds in order, one per id; of two bodies under one id the earlier.
 * @param {Iterable<WalkEvent>} events
 * @returns {Known[]}
 */
export function eachOnce(events) {
  /** @type {Map<string, Known>} */
  const first = new Map();
  for (const given of events) {
    const event = prepare(given);
    if (event === null) continue;
    const other = first.get(event.id);
    if (!other || before(event, other)) first.set(event.id, event);
  }
  return [...first.values()].sort(compareEvents);
}

/**
 * By (at, device, seq, id).
 * @param {Known} a
 * @param {Known} b
 */
export function compareEvents(a, b) {
  return (
    a.ms - b.ms || compare(a.device, b.device) || a.seq - b.seq || compare(a.id, b.id)
  );
}

/**
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * @param {Known} event
 * @param {Known} other
 */
function before(event, other) {
  return (
    (compareEvents(event, other) ||
      compare(bodyText(event), bodyText(other)) ||
      (event.elapsed ?? -1) - (other.elapsed ?? -1)) < 0
  );
}

/**
 * Kind and data in one spelling: settles which of two bodies under one id is read.
 * @param {Known} event
 */
function bodyText({ kind, data }) {
  return kind + ascii(JSON.stringify(sorted(data)));
}

/** @param {string} json */
function ascii(json) {
  return json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * @param {any} value
 * @returns {any}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(compare)
      .map((key) => [key, sorted(value[key])]),
  );
}

/**
 * How to read an instant that an event tells of by the steady clock of its device, which no hand
 * can set back: it begins at the device's earliest event, and from there only elapsed_ms counts.
 * @param {Known[]} known
 * @returns {(event: Known, told: number) => number}
 */
export function steadyClocks(known) {
  /** @type {Map<string, Known & {elapsed: number}>} */
  const first = new Map();
  for (const event of known) {
    if (event.elapsed === null) continue;
    const timed = /** @type {Known & {elapsed: number}} */ (event);
    const other = first.get(event.device);
    const sooner =
      !other ||
      (timed.elapsed - other.elapsed || timed.seq - other.seq || compare(timed.id, other.id)) < 0;
    if (sooner) first.set(event.device, timed);
  }
  return (event, told) => {
    const begin = first.get(event.device);
    if (event.elapsed === null || !begin) return told;
    return begin.ms - begin.elapsed + event.elapsed - Math.max(0, event.ms - told);
  };
}

/**
 * Those not undone. An event is undone while an `undone` that itself stands names it, whichever
 * came first; `undone` events that name each other in a circle undo nothing.
 * @param {Known[]} known
 */
export function standing(known) {
  const targets = new Map(known.map((event) => [event.id, undoneTarget(event)]));
  /** @type {Map<string, string[]>} */
  const undoers = new Map();
  for (const [id, target] of targets) {
    if (target === null || !targets.has(target)) continue;
    push(undoers, target, id);
  }
  const settled = settle(targets, undoers);
  return known.filter((event) => settled.get(event.id) === true);
}

/**
 * @template Value
 * @param {Map<string, Value[]>} lists
 * @param {string | null} key
 * @param {Value} value
 */
export function push(lists, key, value) {
  if (key === null) return;
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/**
 * Each is settled once all that name it are; a circle never is, so is void.
 * @param {Map<string, string | null>} targets
 * @param {Map<string, string[]>} undoers
 */
function settle(targets, undoers) {
  const waiting = new Map([...undoers].map(([id, by]) => [id, by.length]));
  const ready = [...targets.keys()].filter((id) => !waiting.has(id));
  /** @type {Map<string, boolean>} */
  const settled = new Map();
  while (ready.length) {
    const id = /** @type {string} */ (ready.pop());
    settled.set(id, !(undoers.get(id) ?? []).some((undoer) => settled.get(undoer)));
    const target = targets.get(id) ?? null;
    if (target === null || !targets.has(target)) continue;
    const left = (waiting.get(target) ?? 0) - 1;
    waiting.set(target, left);
    if (left === 0) ready.push(target);
  }
  return settled;
}

/** @param {Known} event */
function undoneTarget({ kind, data }) {
  return kind === "undone" && typeof data.event === "string" ? data.event : null;
}

/**
 * When the walk was finished, null while it is open. A standing event after `finished` reopens
 * the walk; an `undone` does so only where what it takes back came before.
 * @param {Known[]} known
 * @param {Known[]} live
 */
export function finishedAt(known, live) {
  const place = new Map(known.map((event, i) => [event.id, i]));
  /** @param {Known} event */
  const placeOf = (event) => place.get(event.id) ?? -1;
  const changes = live.filter(({ kind }) => kind !== "finished" && kind !== "undone");
  const changed = changes.length ? placeOf(changes[changes.length - 1]) : -1;
  const reaching = new Array(known.length + 1).fill(0);
  for (const event of live) {
    const target = place.get(undoneTarget(event) ?? "");
    if (target === undefined || target >= placeOf(event)) continue;
    reaching[target + 1] += 1;
    reaching[placeOf(event)] -= 1;
  }
  let reached = 0;
  const open = reaching.map((step) => (reached += step) > 0);
  const done = live.find(
    (event) => event.kind === "finished" && placeOf(event) > changed && !open[placeOf(event)],
  );
  return done?.at ?? null;
}
