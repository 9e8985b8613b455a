// @ts-check
/** What an event says in words: the dock's two lines, and the timeline's. */

import { timeOfDay } from "./clock.js";
import { MODELS, PHASES, TALK_STRUCTURES, verdictWord } from "./discourse.js";
import { ASK_ANSWERS, MARKS } from "./fold.js";
import { QUESTIONS, plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */
/** @typedef {import("./journal.js").Event} Event */

/** @param {Visit} visit @param {Event} event @returns {[string, string]} */
function marked(visit, event) {
  const statement = visit.lookFor(event.data.look_for)?.statement ?? "A look-for";
  if (event.kind === "look_for_marked" && event.data.mark !== "seen") {
    return [statement, `${MARKS[/** @type {"seen"} */ (event.data.mark)]}, ${timeOfDay(event.at)}`];
  }
  const mark = visit.walk.observed.marks.find((/** @type {any} */ m) => m.look_for === event.data.look_for);
  const n = mark?.mark === "seen" ? mark.taps.length : 0;
  return [statement, `Seen at ${timeOfDay(event.at)}${n > 1 ? `, ${n} times` : ""}`];
}

/** @param {Visit} visit @param {Event} event @returns {[string, string]} */
function swept(visit, event) {
  const sweep = visit.walk.observed.sweeps.find((/** @type {any} */ s) => s.event === event.id);
  const n = sweep?.present ?? visit.present();
  const total = Object.values(event.data.counts).reduce((sum, c) => sum + /** @type {number} */ (c), 0);
  const note = sweep?.note ? `, ${sweep.note}` : "";
  return [`Sweep ${sweep?.number ?? ""} saved, ${timeOfDay(event.at)}`, `${total}${n ? ` of ${n}` : ""} counted${note}`];
}

/** What a student’s newest answers changed. @param {Visit} visit @param {Event} event @returns {[string, string]} */
function asked(visit, event) {
  const all = visit.walk.actions();
  const earlier = all.slice(0, all.findIndex(({ id }) => id === event.id));
  const before = earlier.findLast((e) => e.kind === "student_asked" && e.data.student === event.data.student)?.data ?? {};
  const data = event.data;
  const where = `Student ${data.student}, ${timeOfDay(event.at)}`;
  for (const [key, question] of Object.entries(QUESTIONS)) {
    if (data[key] !== before[key]) {
      const answer = data[key] ? ASK_ANSWERS[/** @type {"clear"} */ (data[key])].toLowerCase() : "no answer kept";
      return [`${question} ${answer}`, where];
    }
  }
  if (data.classmate !== before.classmate) return [`Talked with a classmate: ${data.classmate ?? "no answer kept"}`, where];
  return ["Their words kept", where];
}

const CONTEXT = {
  present: (/** @type {any} */ v) => `${v} students in class`,
  phase: (/** @type {any} */ v) => PHASES[/** @type {"work"} */ (v)] ?? "No phase named",
  model: (/** @type {any} */ v) => MODELS[/** @type {"flex"} */ (v)] ?? "No model named",
  discourse_goal: (/** @type {any} */ v) => (v === false ? "Discussion is not a goal today" : "Discussion is a goal today"),
  planned_talk_at: (/** @type {any} */ v) => (v ? `Talk planned at ${v}` : "No talk planned later"),
  minutes_in: (/** @type {any} */ v) => `${v} minutes into the lesson`,
};

/** @param {Event} event @returns {[string, string]} */
function context(event) {
  const [key, value] = Object.entries(event.data)[0] ?? ["", ""];
  const words = CONTEXT[/** @type {"present"} */ (key)]?.(value) ?? "The lesson";
  return [words, `About this lesson, ${timeOfDay(event.at)}`];
}

/** @param {Visit} visit @param {Event} event @returns {[string, string]} */
function note(visit, event) {
  const plates = (event.data.look_fors ?? []).map((/** @type {string} */ id) => visit.lookFor(id)?.plate).filter(Boolean);
  return ["Note kept", `${timeOfDay(event.at)}${plates.length ? `, with ${plates.join(", ")}` : ""}`];
}

/** @param {Event} event */
const isNone = (event) => event.data.structure === "none" || event.data.structure === null;

/** @param {Event} event */
const structureName = (event) => (event.data.structure === "other" && event.data.name) || TALK_STRUCTURES[/** @type {"other"} */ (event.data.structure)] || "Talk structure";

/** @type {Record<string, (visit: Visit, event: Event) => [string, string]>} */
const DEEDS = {
  look_for_marked: marked,
  look_for_counted: marked,
  sweep_taken: swept,
  student_asked: asked,
  note_written: note,
  context_set: (_, event) => context(event),
  structure_seen: (_, event) => [isNone(event) ? "No talk structure seen" : structureName(event), `Talk structure, ${timeOfDay(event.at)}`],
  uptake_heard: (visit, event) => event.data.none ? ["Nobody building on another’s idea", `Answered at ${timeOfDay(event.at)}`] : ["A student built on another’s idea", `Heard at ${timeOfDay(event.at)}, ${plural(visit.walk.observed.uptakes.length, "time")}`],
  topics_grouped: (_, event) => ["Topics kept", `${plural(event.data.sizes.length, "group")}, largest ${Math.max(0, ...event.data.sizes)}`],
  verdict_overridden: (_, event) => [`Your verdict: ${verdictWord(event.data.verdict).toLowerCase()}`, `Kept beside the check’s, ${timeOfDay(event.at)}`],
};

/** @param {Event} event */
export const isDeed = (event) => event.kind in DEEDS;

/** @param {Visit} visit @param {Event} event @returns {[string, string]} */
export const deed = (visit, event) => DEEDS[event.kind]?.(visit, event) ?? ["Kept", timeOfDay(event.at)];

/** What is said after an action was taken back. @param {Visit} visit @param {Event} event @param {[string, string]} was @returns {[string, string]} */
export function takenBack(visit, event, was) {
  if (event.kind.startsWith("look_for_")) {
    const mark = visit.walk.observed.marks.find((/** @type {any} */ m) => m.look_for === event.data.look_for);
    if (!mark) return [was[0], "Not marked any more"];
    return [was[0], mark.mark === "seen" ? `Back to ${plural(mark.taps.length, "time")}` : `Back to ${MARKS[/** @type {"seen"} */ (mark.mark)].toLowerCase()}`];
  }
  return [was[0], "Taken back"];
}
