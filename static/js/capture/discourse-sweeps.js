// @ts-check
/**
 * Which sweeps count, on the phone: enough of the room, not more than the room, and not too
 * soon. The twin of rules/discourse/sweeps.py and thresholds.py.
 */

import { CATEGORIES } from "./discourse-words.js";

/** @typedef {Record<string, number>} Counts */
/** @typedef {[number, Counts] | [number, Counts, number | null]} SweepInput */
/** @typedef {{at_ms: number, counts: number[], present: number | null, total: number}} Look */

/** @typedef {typeof THRESHOLDS} Thresholds */
export const THRESHOLDS = Object.freeze({
  min_sweeps: 3,
  min_span_s: 240,
  min_gap_s: 60,
  min_coverage: 0.8,
  it_preserved: 0.4,
  it_floor: 0.15,
  it_structured: 0.25,
  pt_structured: 0.15,
  pt_min: 0.05,
  hp_flag: 0.5,
  solo_flag: 0.5,
  li_flag: 0.5,
  sighting: 0.5,
  k_mass: 8,
  k_thin: 4,
  mass_share: 0.5,
});

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * For each sweep, in the order given: valid, over, short, too_soon or no_present.
 * @param {{n: number | null, sweeps: SweepInput[]}} input
 * @param {Thresholds} [thresholds]
 * @returns {string[]}
 */
export function judge_sweeps(input, thresholds = THRESHOLDS) {
  return judged(input, thresholds).map(([, outcome]) => outcome);
}

/**
 * Why a sweep does not count, as the screen shows it; empty where it counts.
 * @param {string} outcome
 * @param {number} total
 * @param {number | null} present
 * @param {Thresholds} [thresholds]
 */
export function sweep_note(outcome, total, present, thresholds = THRESHOLDS) {
  const needed = Math.ceil((present ?? 0) * thresholds.min_coverage - 1e-9);
  /** @type {Record<string, string>} */
  const notes = {
    over: `not counted: ${total} of ${present}`,
    short: `needs ${needed} of ${present} to count`,
    too_soon: "too soon after the last one",
    no_present: "needs the number of students present",
  };
  return notes[outcome] ?? "";
}

/**
 * @param {{n: number | null, sweeps: SweepInput[]}} input
 * @param {Thresholds} thresholds
 * @returns {[Look, string][]}
 */
export function judged(input, thresholds) {
  /** @type {[Look, string][]} */
  const each = input.sweeps.map((sweep) => {
    const look = toLook(sweep, input.n);
    return [look, coverage(look, thresholds)];
  });
  /** @type {number | null} */
  let last = null;
  for (const entry of [...each].sort(([a], [b]) => compareLooks(a, b))) {
    if (entry[1] !== "valid") continue;
    if (last !== null && entry[0].at_ms - last < thresholds.min_gap_s * 1000) {
      entry[1] = "too_soon";
    } else last = entry[0].at_ms;
  }
  return each;
}

/**
 * @param {SweepInput} sweep
 * @param {number | null} n
 * @returns {Look}
 */
function toLook([seconds, given, own], n) {
  const counts = CATEGORIES.map((name) => given[name] ?? 0);
  const at_ms = Math.floor(seconds * 1000 + 0.5);
  return { at_ms, counts, present: own ?? n ?? null, total: sum(counts) };
}

/**
 * Ties in time are settled by content, so that the order of a list never matters.
 * @param {Look} a
 * @param {Look} b
 */
export function compareLooks(a, b) {
  const pairs = [[a.at_ms, b.at_ms], [a.present ?? -1, b.present ?? -1]];
  a.counts.forEach((count, i) => pairs.push([count, b.counts[i]]));
  const [left, right] = pairs.find(([x, y]) => x !== y) ?? [0, 0];
  return left - right;
}

/**
 * @param {Look} look
 * @param {Thresholds} thresholds
 */
function coverage({ total, present }, thresholds) {
  if (!present) return present === null ? "no_present" : "over";
  if (total > present + 1) return "over";
  return total / present >= thresholds.min_coverage ? "valid" : "short";
}

/**
 * @param {{n: number | null, sweeps: SweepInput[]}} input
 * @returns {number | null}
 */
export function lastPresent({ n, sweeps }) {
  if (n !== null && n !== undefined) return n;
  const looks = sweeps.map((sweep) => toLook(sweep, null)).sort(compareLooks);
  return looks.map((look) => look.present).filter((own) => own !== null).at(-1) ?? null;
}
