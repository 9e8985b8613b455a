// @ts-check
/** What the check says now, in a word or a line, for the tab and the dock. */

import { verdictWord } from "./discourse.js";

/** @typedef {import("./visit.js").Visit} Visit */

/** The reading to show now: where the sweeps point while they are few, the verdict otherwise. @param {Visit} visit */
export const reading = (visit) => visit.walk.lean ?? visit.walk.check;

/** @param {Visit} visit */
export const leaning = (visit) => Boolean(visit.walk.lean ?? visit.walk.check.for_now);

/** The verdict as one short line: “At risk for now”. @param {Visit} visit */
export function verdictLine(visit) {
  const { override } = visit.walk.observed;
  if (override) return `${verdictWord(override.verdict)}, your verdict`;
  return `${verdictWord(reading(visit).verdict)}${leaning(visit) ? " for now" : ""}`;
}

/** What would make the verdict firm, as the dock’s button says it. @param {Visit} visit @returns {string} */
export function nextStep(visit) {
  const { next_look: next } = visit.walk.check;
  if (next?.kind === "sweeps") return next.sweeps === 1 ? "One more sweep makes it firm" : `${next.sweeps} more sweeps make it firm`;
  if (next?.kind === "plan") return `Talk is planned at ${next.planned}`;
  return visit.walk.check.verdict === "not_applicable" ? "Back to the look-fors" : "Take another sweep";
}
