// @ts-check
/**
 * The fold on the phone: any order, any repetition, any devices, one result. The twin of
 * rules/capture: JSON.stringify of the two folds is the same.
 */

import { check_input, judge_sweeps, sweep_note, THRESHOLDS } from "./discourse.js";
import { CONTEXT_KEYS, instantText, read, text } from "./event-data.js";
import { compare, compareEvents, eachOnce, finishedAt, push, standing, steadyClocks } from "./fold-order.js";

export { ASK_ANSWERS, EVENT_KINDS, MARKS, NOTE_SLOTS, PURPOSES, SPEAKERS } from "./event-data.js";
export { check_input };

/** @typedef {import("./event-data.js").WalkEvent} WalkEvent */
/** @typedef {import("./event-data.js").Known} Known */
/** @typedef {{event: Known, said: any}} Read */
/**
 * @typedef {object} Sweep
 * @property {string} event
 * @property {number} number
 * @property {string} began_at
 * @property {string} at
 * @property {Record<string, number>} counts
 * @property {number | null} present
 * @property {number} total
 * @property {boolean} counted
 * @property {string} note
 */
/**
 * What was observed, as Python's Observed.as_dict().
 * @typedef {object} Observed
 * @property {{at: string, teacher: string | null, class: string | null, purpose: string, framework: string | null, sets: string[], focus: string[]} | null} started
 * @property {{present: number | null, model: string | null, phase: string | null, subject: string | null, grade: string | null, discourse_goal: boolean | null, planned_talk_at: string | null, minutes_in: number | null}} context
 * @property {{look_for: string, mark: string, at: string, event: string, taps: {event: string, at: string}[]}[]} marks
 * @property {Sweep[]} sweeps
 * @property {{event: string, at: string, structure: string, name: string | null}[]} structures
 * @property {boolean} structure_answered
 * @property {{event: string, at: string}[]} uptakes
 * @property {boolean} uptake_answered
 * @property {{event: string, at: string, sizes: number[], partly: boolean} | null} topics
 * @property {{event: string, at: string, student: string, now: string | null, going: string | null, how: string | null, classmate: string | null, quote: string | null}[]} students
 * @property {{note: string, event: string, at: string, text: string, speaker: string | null, look_fors: string[], components: string[], slot: string | null}[]} notes
 * @property {{event: string, at: string, component: string, level: string}[]} levels
 * @property {{event: string, at: string, verdict: string, reason: string} | null} override
 * @property {string | null} finished_at
 * @property {string | null} first_at
 * @property {string | null} last_at
 */

/**
 * What was observed on one walk, and the ids of the events that stand, in order; commutative and
 * idempotent. Unknown kinds and malformed data of known kinds are passed over and never throw.
 * Python's fold and live_events in one: after each tap the screen asks for both.
 * @param {Iterable<WalkEvent>} events
 * @param {import("./discourse.js").Thresholds} [thresholds]
 * @returns {{observed: Observed, live: string[]}}
 */
export function fold(events, thresholds = THRESHOLDS) {
  const known = eachOnce(events);
  const stand = standing(known);
  const live = stand
    .map((event) => ({ event, said: read(event) }))
    .filter(({ said }) => said !== null);
  return { observed: observe(known, live, thresholds), live: stand.map(({ id }) => id) };
}

/**
 * @param {Known[]} known
 * @param {Read[]} live
 * @param {import("./discourse.js").Thresholds} thresholds
 * @returns {Observed}
 */
function observe(known, live, thresholds) {
  const context = mergeContext(live);
  const started = saidBy(live, "started")[0] ?? null;
  const sweeps = foldSweeps(live, steadyClocks(known), context.present, thresholds);
  const present = context.present ?? lastPresent(sweeps);
  const at = known.map((event) => event.ms);
  return {
    started,
    context,
    marks: foldMarks(live),
    sweeps,
    structures: saidBy(live, "structure_seen").filter((said) => said.heard !== false),
    structure_answered: saidBy(live, "structure_seen").length > 0,
    uptakes: saidBy(live, "uptake_heard").filter((said) => said.heard !== false),
    uptake_answered: saidBy(live, "uptake_heard").length > 0,
    topics: foldTopics(live, present, thresholds),
    students: foldStudents(live),
    notes: foldNotes(live),
    levels: started?.purpose === "evaluation" ? foldLevels(live) : [],
    override: saidBy(live, "verdict_overridden").at(-1) ?? null,
    finished_at: finishedAt(known, live.map(({ event }) => event)),
    first_at: at.length ? instantText(at[0]) : null,
    last_at: at.length ? instantText(at[at.length - 1]) : null,
  };
}

/**
 * @param {Read[]} live
 * @param {string} kind
 * @returns {any[]}
 */
function saidBy(live, kind) {
  return live.filter(({ event }) => event.kind === kind).map(({ said }) => said);
}

/**
 * @param {Read[]} live
 * @returns {Observed["context"]}
 */
function mergeContext(live) {
  const blank = Object.fromEntries(CONTEXT_KEYS.map((key) => [key, null]));
  return Object.assign(blank, ...saidBy(live, "context_set"));
}

/**
 * Per look-for the last mark; its taps are the first `seen` since another mark, and counts.
 * @param {Read[]} live
 * @returns {Observed["marks"]}
 */
function foldMarks(live) {
  /** @type {Map<string, Observed["marks"][number]>} */
  const last = new Map();
  /** @type {Map<string, {event: string, at: string}[]>} */
  const taps = new Map();
  const seen = new Set();
  for (const { event, said } of live) {
    const tap = { event: event.id, at: event.at };
    if (event.kind === "look_for_counted") {
      push(taps, said, tap);
    } else if (event.kind === "look_for_marked") {
      const { look_for, mark } = said;
      if (mark !== "seen") {
        taps.set(look_for, []);
        seen.delete(look_for);
      } else if (!seen.has(look_for)) {
        push(taps, look_for, tap);
        seen.add(look_for);
      }
      last.delete(look_for);
      last.set(look_for, said);
    }
  }
  return [...last.values()].map((said) => ({
    ...said,
    taps: said.mark === "seen" ? (taps.get(said.look_for) ?? []) : [],
  }));
}

/**
 * @param {Read[]} live
 * @param {(event: Known, told: number) => number} steady
 * @param {number | null} inContext
 * @param {import("./discourse.js").Thresholds} thresholds
 * @returns {Sweep[]}
 */
function foldSweeps(live, steady, inContext, thresholds) {
  const taken = live
    .filter(({ event }) => event.kind === "sweep_taken")
    .map(({ event, said }) => ({ event, said: { ...said, began: steady(event, said.began) } }))
    .sort((a, b) => a.said.began - b.said.began || compareEvents(a.event, b.event));
  const present = inContext ?? lastPresent(taken.map(({ said }) => said));
  /** @type {import("./discourse.js").SweepInput[]} */
  const inputs = taken.map(({ said }) => [
    (said.began - taken[0].said.began) / 1000,
    said.counts,
    said.present ?? present,
  ]);
  return judge_sweeps({ n: null, sweeps: inputs }, thresholds).map((outcome, i) =>
    sweep(taken[i], i + 1, outcome, present, thresholds),
  );
}

/**
 * @param {Read} taken
 * @param {number} number
 * @param {string} outcome
 * @param {number | null} inContext
 * @param {import("./discourse.js").Thresholds} thresholds
 * @returns {Sweep}
 */
function sweep({ event, said }, number, outcome, inContext, thresholds) {
  const counts = said.counts;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const present = said.present ?? inContext;
  return {
    event: event.id,
    number,
    began_at: instantText(said.began),
    at: event.at,
    counts,
    present,
    total,
    counted: outcome === "valid",
    note: sweep_note(outcome, total, present, thresholds),
  };
}

/**
 * @param {{present: number | null}[]} sweeps
 * @returns {number | null}
 */
function lastPresent(sweeps) {
  return sweeps.map(({ present }) => present).filter((own) => own !== null).at(-1) ?? null;
}

/**
 * @param {Read[]} live
 * @param {number | null} present
 * @param {import("./discourse.js").Thresholds} thresholds
 * @returns {Observed["topics"]}
 */
function foldTopics(live, present, thresholds) {
  const grouped = live.filter(({ event }) => event.kind === "topics_grouped").at(-1);
  if (!grouped) return null;
  const { event, said: sizes } = grouped;
  const total = sizes.reduce((/** @type {number} */ sum, /** @type {number} */ n) => sum + n, 0);
  const partly = Boolean(present) && total / (present || 1) < thresholds.min_coverage;
  return { event: event.id, at: event.at, sizes, partly };
}

/**
 * @param {Read[]} live
 * @returns {Observed["students"]}
 */
function foldStudents(live) {
  const byLetter = new Map(saidBy(live, "student_asked").map((said) => [said.student, said]));
  return [...byLetter.values()].sort((a, b) => compare(a.student, b.student));
}

/**
 * The latest words of each note at the time it was first written; emptied notes are gone.
 * @param {Read[]} live
 * @returns {Observed["notes"]}
 */
function foldNotes(live) {
  const notes = new Map();
  for (const said of saidBy(live, "note_written")) {
    notes.set(said.note, { ...said, at: notes.get(said.note)?.at ?? said.at });
  }
  return [...notes.values()].filter((note) => text(note.text) !== null);
}

/**
 * @param {Read[]} live
 * @returns {Observed["levels"]}
 */
function foldLevels(live) {
  const latest = new Map(saidBy(live, "level_given").map((said) => [said.component, said]));
  return [...latest.values()]
    .filter((said) => said.level !== null)
    .sort((a, b) => compare(a.component, b.component));
}
