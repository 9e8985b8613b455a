// @ts-check
/**
 * The discourse check on the phone: the twin of rules/discourse, recomputed after every tap.
 * Input and answer have the shapes of Python's CheckInput.as_dict() and Check.as_dict().
 */

import { exact, pooled } from "./discourse-pooled.js";
import { explain } from "./discourse-sentences.js";
import { THRESHOLDS } from "./discourse-sweeps.js";
import { QUIET_PHASES } from "./discourse-words.js";

export { RULE_VERSION, round4 } from "./discourse-pooled.js";
export * from "./discourse-sentences.js";
export { judge_sweeps, sweep_note, THRESHOLDS } from "./discourse-sweeps.js";
export * from "./discourse-words.js";

/** @typedef {import("./discourse-pooled.js").Check} Check */
/** @typedef {import("./discourse-pooled.js").CheckInput} CheckInput */
/** @typedef {import("./discourse-pooled.js").NextLook} NextLook */
/** @typedef {import("./discourse-sweeps.js").SweepInput} SweepInput */
/** @typedef {import("./discourse-sweeps.js").Thresholds} Thresholds */

const FEWEST_STUDENTS = 3;

/**
 * The verdict of one visit: the first of the six rules that fits, with its reasons.
 * @param {CheckInput} input
 * @param {Thresholds} [thresholds]
 * @returns {Check}
 */
export function check(input, thresholds = THRESHOLDS) {
  const reading = pooled(input, thresholds);
  const unfit = notApplicable(input, reading);
  if (unfit) return complete({ ...reading, verdict: "not_applicable", reasons: [unfit] });
  const { min_sweeps, min_span_s } = thresholds;
  if (reading.valid_sweeps < min_sweeps || reading.span_s < min_span_s) {
    return complete(fromLittle(reading));
  }
  return complete({ ...fullVerdict(reading), confidence: "this visit" });
}

/**
 * Where the sweeps so far point while they are too few; never stored, shared or counted.
 * @param {CheckInput} input
 * @param {Thresholds} [thresholds]
 * @returns {Check | null}
 */
export function lean(input, thresholds = THRESHOLDS) {
  const soFar = check(input, thresholds);
  if (soFar.verdict !== "not_enough_evidence" || !soFar.valid_sweeps) return null;
  return { ...fullVerdict(soFar), confidence: "for now", for_now: true };
}

/**
 * What the check is given: seconds from the first sweep's `began_at`.
 * @param {import("./fold.js").Observed} observed
 * @returns {CheckInput}
 */
export function check_input(observed) {
  const { context, sweeps, structures, topics } = observed;
  const own = sweeps.map((sweep) => sweep.present).filter((present) => present !== null);
  const start = sweeps.length ? Date.parse(sweeps[0].began_at) : 0;
  return {
    n: context.present ?? own.at(-1) ?? null,
    sweeps: sweeps.map((sweep) => [
      (Date.parse(sweep.began_at) - start) / 1000,
      sweep.counts,
      sweep.present,
    ]),
    phase: context.phase ?? "work",
    goal: context.discourse_goal !== false,
    structure: structures.at(-1)?.structure ?? null,
    uptake: observed.uptakes.length,
    groups: topics?.sizes ?? [],
    planned: context.planned_talk_at,
    structure_answered: observed.structure_answered,
    uptake_answered: observed.uptake_answered,
  };
}

/**
 * @param {CheckInput} input
 * @param {Check} reading
 */
function notApplicable(input, reading) {
  if (input.goal === false) return "discourse_not_a_goal";
  if (reading.present !== null && reading.present < FEWEST_STUDENTS) {
    return "fewer_than_3_students";
  }
  return QUIET_PHASES.includes(reading.phase) ? `phase:${reading.phase}` : null;
}

/**
 * Absence needs three sweeps; presence needs one clear sighting.
 * @param {Check} reading
 * @returns {Check}
 */
function fromLittle(reading) {
  if (reading.sighting && reading.structure && reading.topics.verdict !== "fragmented") {
    const reasons = ["clear_sighting"];
    return { ...reading, verdict: "preserved", confidence: "one sighting", reasons };
  }
  const { min_sweeps, min_span_s } = reading.thresholds;
  return { ...reading, reasons: [`sweeps<${min_sweeps} or span<${min_span_s}s`] };
}

/**
 * Rules 4 to 6 on the sweeps that count.
 * @param {Check} reading
 * @returns {Check}
 */
function fullVerdict(reading) {
  const found = reasonsFor(reading);
  if (aloneOnDevices(reading) && !reading.planned) {
    const for_now = reading.unanswered.length > 0;
    return { ...reading, verdict: "displaced", reasons: found, for_now };
  }
  if (talkKept(reading)) {
    const talked = exact(reading.portions.interactive_share) >= reading.thresholds.it_preserved;
    const reasons = found.filter((code) => !(talked && code === "no_talk_structure"));
    return { ...reading, verdict: "preserved", reasons };
  }
  const reasons = found.length ? found : ["between_thresholds"];
  return { ...reading, verdict: "at_risk", reasons };
}

/** @param {Check} reading */
function aloneOnDevices({ portions, uptake, thresholds }) {
  return (
    exact(portions.interactive_share) < thresholds.it_floor &&
    uptake === 0 &&
    exact(portions.solo_device_share) >= thresholds.solo_flag &&
    // A room that listens is not displaced: devices are not why talk is missing.
    exact(portions.listening_share) < thresholds.li_flag
  );
}

/** @param {Check} reading */
function talkKept({ portions, structure, topics, thresholds }) {
  const talk = exact(portions.interactive_share);
  const structured =
    talk >= thresholds.it_structured &&
    exact(portions.peer_share) >= thresholds.pt_structured &&
    structure !== null;
  return (talk >= thresholds.it_preserved || structured) && topics.verdict !== "fragmented";
}

/** @param {Check} reading */
function reasonsFor(reading) {
  const { thresholds, portions, topics } = reading;
  const headphones = exact(portions.headphone_share) >= thresholds.hp_flag;
  const solo = exact(portions.solo_device_share) >= thresholds.solo_flag;
  const fits = {
    headphone_room: headphones,
    solo_device_room: solo && !headphones,
    listening_room: exact(portions.listening_share) >= thresholds.li_flag,
    no_talk_structure: reading.structure === null,
    no_peer_talk: exact(portions.peer_share) < thresholds.pt_min,
    topics_thin: topics.verdict === "thin",
    topics_fragmented: topics.verdict === "fragmented",
    planned_not_seen: reading.planned !== null && aloneOnDevices(reading),
  };
  return Object.entries(fits).flatMap(([code, applies]) => (applies ? [code] : []));
}

/**
 * @param {Check} reading
 * @returns {Check}
 */
function complete(reading) {
  const whole = { ...reading, next_look: nextLook(reading) };
  return { ...whole, explain: explain(whole) };
}

/**
 * @param {Check} reading
 * @returns {NextLook | null}
 */
function nextLook(reading) {
  const blank = { sweeps: 0, after_s: null, minutes: null, planned: null, questions: [] };
  if (reading.verdict === "not_enough_evidence" || reading.confidence === "one sighting") {
    return { kind: "sweeps", ...blank, ...moreSweeps(reading) };
  }
  if (reading.reasons.includes("planned_not_seen")) {
    return { kind: "plan", ...blank, planned: reading.planned };
  }
  if (reading.for_now) return { kind: "answers", ...blank, questions: reading.unanswered };
  return null;
}

/** @param {Check} reading */
function moreSweeps({ thresholds, valid_sweeps, first_s, last_s }) {
  const sweeps = Math.max(1, thresholds.min_sweeps - valid_sweeps);
  if (first_s === null || last_s === null) {
    return { sweeps, minutes: Math.ceil(thresholds.min_span_s / 60) };
  }
  const after_s = Math.max(
    first_s + thresholds.min_span_s,
    last_s + thresholds.min_gap_s * sweeps,
  );
  return { sweeps, after_s, minutes: Math.ceil((after_s - first_s) / 60) };
}
