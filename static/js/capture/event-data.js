// @ts-check
/**
 * What one event's data says on the phone: the twin of rules/capture's event.py and data.py.
 * A reader answers null where the data cannot be read; refusing it is the server's work.
 */

import {
  CATEGORIES,
  MODELS,
  PHASES,
  TALK_STRUCTURES,
  VERDICT_WORDS,
} from "./discourse-words.js";

/** @typedef {Readonly<Record<string, string>>} Words */
/** @typedef {Record<string, any>} Data */
/**
 * @typedef {object} WalkEvent
 * @property {string} id
 * @property {string} walkthrough
 * @property {string} device
 * @property {number} seq
 * @property {string} at
 * @property {string} kind
 * @property {Data} data
 * @property {number | null} [elapsed_ms]
 */
/** @typedef {{id: string, device: string, seq: number, kind: string, data: Data, ms: number, at: string, elapsed: number | null}} Known */

/** @type {Words} */
export const EVENT_KINDS = {
  started: "Walk started",
  context_set: "Lesson described",
  look_for_marked: "Look-for marked",
  look_for_counted: "Look-for seen again",
  sweep_taken: "Sweep taken",
  structure_seen: "Talk structure",
  uptake_heard: "A student built on another’s idea",
  topics_grouped: "Topics grouped",
  student_asked: "Student asked",
  note_written: "Note written",
  level_given: "Level given",
  verdict_overridden: "Another verdict given",
  undone: "Undone",
  finished: "Walk finished",
  reopened: "Walk reopened",
};

/** @type {Words} */
export const MARKS = {
  seen: "Seen",
  not_seen: "Not seen",
  no_chance: "No chance to see",
  not_applicable: "Not applicable",
};

/** @type {Words} */
export const PURPOSES = {
  walkthrough: "Walkthrough",
  coaching: "Coaching",
  evaluation: "Evaluation",
  calibration: "Calibration",
  self: "Self",
};

/** @type {Words} */
export const ASK_ANSWERS = { clear: "Clear", partly: "Partly", not_yet: "Not yet" };

/** @type {Words} */
export const SPEAKERS = { teacher: "Teacher", student: "Student" };

/** @type {Words} */
export const NOTE_SLOTS = {
  strength: "What was strong",
  step: "One next step",
  question: "A question to think about",
};

const YES_NO = { yes: "Yes", no: "No" };
const INSTANT =
  /^(19[7-9][0-9]|2[0-9]{3})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;
const TIME_OF_DAY = /^([01]?[0-9]|2[0-3]):[0-5][0-9]$/;

/**
 * Milliseconds of an ISO instant with seconds and zone, years 1970 to 2999; null for anything
 * else. Narrower than Date.parse, so that phone and school accept exactly the same.
 * @param {unknown} text
 * @returns {number | null}
 */
export function parseInstant(text) {
  const found = typeof text === "string" ? INSTANT.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const [fraction, sign, offHours, offMinutes] = found.slice(7);
  if (sign && (Number(offHours) > 23 || Number(offMinutes) > 59)) return null;
  const ms = Number((fraction ?? "0").padEnd(3, "0").slice(0, 3));
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const back = new Date(local);
  const real =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!real) return null;
  const offset = sign ? (Number(offHours) * 60 + Number(offMinutes)) * 60000 : 0;
  return sign === "-" ? local + offset : local - offset;
}

/** @param {number} ms */
export const instantText = (ms) => new Date(ms).toISOString();

/**
 * Text with something in it, as it was written.
 * @param {unknown} value
 * @returns {string | null}
 */
export function text(value) {
  return typeof value === "string" && /[^ \t\r\n]/.test(value) ? value : null;
}

/** @param {unknown} value */
function texts(value) {
  return Array.isArray(value) ? value.filter((each) => text(each) !== null) : [];
}

/**
 * @param {unknown} value
 * @param {Words} known
 * @returns {string | null}
 */
function code(value, known) {
  return typeof value === "string" && Object.hasOwn(known, value) ? value : null;
}

/**
 * @param {unknown} value
 * @param {number} most
 * @returns {number | null}
 */
export function whole(value, most) {
  const fits = typeof value === "number" && Number.isInteger(value) && value >= 0;
  // Adding 0 turns a minus zero into a plain one.
  return fits && value <= most ? value + 0 : null;
}

/** @type {Record<string, (value: unknown) => unknown>} */
const CONTEXT = {
  present: (value) => whole(value, 999),
  model: (value) => code(value, MODELS),
  phase: (value) => code(value, PHASES),
  subject: text,
  grade: text,
  discourse_goal: (value) => (typeof value === "boolean" ? value : null),
  planned_talk_at: (value) =>
    typeof value === "string" && TIME_OF_DAY.test(value) ? value : null,
  minutes_in: (value) => whole(value, 999),
};

export const CONTEXT_KEYS = Object.keys(CONTEXT);

/** @param {Data} data */
function context(data) {
  /** @type {Data} */
  const said = {};
  for (const key of CONTEXT_KEYS) {
    if (!Object.hasOwn(data, key)) continue;
    const value = CONTEXT[key](data[key]);
    // What cannot be read changes nothing; only an explicit null clears.
    if (value !== null || data[key] === null) said[key] = value;
  }
  return said;
}

/** @type {Record<string, (event: Known, data: Data) => any>} */
const READERS = {
  started: ({ at }, data) => {
    const purpose = code(data.purpose, PURPOSES);
    return purpose && {
      at,
      teacher: text(data.teacher),
      class: text(data.class),
      purpose,
      framework: text(data.framework),
      sets: texts(data.sets),
      focus: texts(data.focus),
    };
  },
  context_set: (_, data) => context(data),
  look_for_marked: ({ id, at }, data) => {
    const look_for = text(data.look_for);
    const mark = code(data.mark, MARKS);
    return look_for && mark && { look_for, mark, at, event: id, taps: [] };
  },
  look_for_counted: (_, data) => text(data.look_for),
  sweep_taken: ({ ms }, data) => taken(ms, data),
  structure_seen: ({ id, at }, data) => {
    if (data.structure === null || data.structure === "none") return { heard: false };
    const structure = code(data.structure, TALK_STRUCTURES);
    return structure && { event: id, at, structure, name: text(data.name) };
  },
  uptake_heard: ({ id, at }, data) =>
    data.none === true ? { heard: false } : { event: id, at },
  topics_grouped: (_, data) => {
    if (!Array.isArray(data.sizes)) return null;
    const sizes = data.sizes.map((size) => whole(size, 999));
    return sizes.includes(null) ? null : sizes.filter((size) => size !== 0);
  },
  student_asked: ({ id, at }, data) => {
    const student = text(data.student);
    return student && {
      event: id,
      at,
      student,
      now: code(data.now, ASK_ANSWERS),
      going: code(data.going, ASK_ANSWERS),
      how: code(data.how, ASK_ANSWERS),
      classmate: code(data.classmate, YES_NO),
      quote: text(data.quote),
    };
  },
  note_written: ({ id, at }, data) => {
    const note = text(data.note);
    return note && typeof data.text === "string" && {
      note,
      event: id,
      at,
      text: data.text,
      speaker: code(data.speaker, SPEAKERS),
      look_fors: texts(data.look_fors),
      components: texts(data.components),
      slot: code(data.slot, NOTE_SLOTS),
    };
  },
  level_given: ({ id, at }, data) => {
    const component = text(data.component);
    const level = data.level ?? null;
    const fits = component && (level === null || typeof level === "string");
    return fits && { event: id, at, component, level: level || null };
  },
  verdict_overridden: ({ id, at }, data) => {
    const verdict = code(data.verdict, VERDICT_WORDS);
    const reason = text(data.reason);
    return verdict && reason && { event: id, at, verdict, reason };
  },
  undone: (_, data) => typeof data.event === "string",
  finished: () => true,
  reopened: () => true,
};

/**
 * @param {number} ms
 * @param {Data} data
 */
function taken(ms, { counts: given, began_at, present }) {
  if (!isObject(given)) return null;
  if (Object.keys(given).some((name) => !CATEGORIES.includes(name))) return null;
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of CATEGORIES) {
    const count = whole(Object.hasOwn(given, name) ? given[name] : 0, 99);
    if (count === null) return null;
    counts[name] = count;
  }
  return { began: parseInstant(began_at) ?? ms, counts, present: whole(present, 999) };
}

/** @param {unknown} value */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The event's content as a plain value; null where it cannot be read.
 * @param {Known} event
 * @returns {any}
 */
export function read(event) {
  return READERS[event.kind](event, event.data) || null;
}
