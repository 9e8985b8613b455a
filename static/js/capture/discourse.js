// @ts-check
/**
 * The discourse check on the phone: the twin of rules/discourse, recomputed after every tap.
 * Input and answer have the shapes of Python's CheckInput.as_dict() and Check.as_dict().
 */

import { CATEGORIES, QUIET_PHASES, explain } from "./discourse-words.js";

export * from "./discourse-words.js";

/** @typedef {Record<string, number>} Counts */
/** @typedef {{count: number, of: number}} Portion */
/** @typedef {[number, Counts] | [number, Counts, number | null]} SweepInput */
/** @typedef {{at_ms: number, counts: number[], present: number | null, total: number}} Look */
/**
 * @typedef {object} CheckInput
 * @property {number | null} n
 * @property {SweepInput[]} sweeps
 * @property {string | null} [phase]
 * @property {boolean | null} [goal]
 * @property {string | null} [structure]
 * @property {number | null} [uptake]
 * @property {number[] | null} [groups]
 * @property {string | null} [planned]
 * @property {boolean | null} [structure_answered]
 * @property {boolean | null} [uptake_answered]
 */
/**
 * @typedef {object} NextLook
 * @property {string} kind
 * @property {number} sweeps
 * @property {number | null} after_s
 * @property {number | null} minutes
 * @property {string | null} planned
 * @property {string[]} questions
 */
/**
 * @typedef {object} TopicGroups
 * @property {string} verdict
 * @property {number} [topics]
 * @property {number} [largest]
 * @property {number} [share_in_mass]
 * @property {number} [share_in_four]
 * @property {number} [effective_topics]
 * @property {number} [k_mass]
 * @property {boolean} [partly]
 */
/**
 * @typedef {object} Check
 * @property {string} verdict
 * @property {string | null} confidence
 * @property {string[]} reasons
 * @property {boolean} for_now
 * @property {string[]} unanswered
 * @property {number} valid_sweeps
 * @property {number} student_moments
 * @property {number} span_s
 * @property {number | null} first_s
 * @property {number | null} last_s
 * @property {number | null} present
 * @property {string} phase
 * @property {string | null} structure
 * @property {number} uptake
 * @property {string | null} planned
 * @property {Counts} counts
 * @property {Record<string, number | null>} shares
 * @property {Record<string, Portion>} portions
 * @property {Record<string, Portion>} lows
 * @property {Record<string, Portion>} highs
 * @property {Portion | null} sighting
 * @property {TopicGroups} topics
 * @property {Portion} in_mass
 * @property {Portion} in_four
 * @property {number} k_thin
 * @property {NextLook | null} next_look
 * @property {string} explain
 * @property {string} rule_version
 * @property {Thresholds} thresholds
 */

export const RULE_VERSION = "2026.1";

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

const FEWEST_STUDENTS = 3;

/** @type {Record<string, string[]>} */
const SHARE_CATEGORIES = {
  peer_share: ["peer"],
  interactive_share: ["peer", "teacher"],
  headphone_share: ["headphones"],
  solo_device_share: ["device", "headphones"],
  listening_share: ["listening"],
};

/**
 * Python's round(x, 4) to the digit: toFixed rounds the exact binary value as Python does, but
 * sends exact ties up where Python sends them to even. Exact ties are the odd thirty-seconds.
 * @param {number} x
 */
export function round4(x) {
  if (Math.abs(x * 32) % 2 !== 1) return Number(x.toFixed(4));
  const below = Math.floor(x * 10000);
  return (below % 2 === 0 ? below : below + 1) / 10000;
}

/** @param {Portion} portion */
const exact = ({ count, of }) => (of ? count / of : 0);

/** @param {Portion} portion */
const share = ({ count, of }) => (of ? round4(count / of) : null);

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

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
function judged(input, thresholds) {
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
function compareLooks(a, b) {
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
 * @param {CheckInput} input
 * @returns {number | null}
 */
function lastPresent({ n, sweeps }) {
  if (n !== null && n !== undefined) return n;
  const looks = sweeps.map((sweep) => toLook(sweep, null)).sort(compareLooks);
  return looks.map((look) => look.present).filter((own) => own !== null).at(-1) ?? null;
}

/**
 * @param {CheckInput} input
 * @param {Thresholds} thresholds
 * @returns {Check}
 */
function pooled(input, thresholds) {
  const looks = judged(input, thresholds)
    .filter(([, outcome]) => outcome === "valid")
    .map(([look]) => look)
    .sort(compareLooks);
  const present = lastPresent(input);
  const moments = sum(looks.map((look) => look.total));
  const first = looks.at(0)?.at_ms;
  const last = looks.at(-1)?.at_ms;
  return {
    verdict: "not_enough_evidence",
    confidence: null,
    reasons: [],
    for_now: false,
    unanswered: unanswered(input),
    valid_sweeps: looks.length,
    student_moments: moments,
    span_s: first === undefined || last === undefined ? 0 : (last - first) / 1000,
    first_s: first === undefined ? null : first / 1000,
    last_s: last === undefined ? null : last / 1000,
    present,
    phase: input.phase ?? "work",
    structure: input.structure ?? null,
    uptake: input.uptake ?? 0,
    planned: input.planned || null,
    counts: Object.fromEntries(CATEGORIES.map((name) => [name, countIn(looks, [name])])),
    ...shares(looks, moments),
    sighting: sighting(looks, thresholds),
    ...topicGroups(input.groups ?? [], present, thresholds),
    next_look: null,
    explain: "",
    rule_version: RULE_VERSION,
    thresholds,
  };
}

/**
 * @param {Look[]} looks
 * @param {string[]} categories
 */
function countIn(looks, categories) {
  return sum(looks.flatMap((look) => categories.map((name) => look.counts[CATEGORIES.indexOf(name)])));
}

/**
 * @param {Look[]} looks
 * @param {number} moments
 */
function shares(looks, moments) {
  /** @type {Record<string, number | null>} */
  const rounded = {};
  /** @type {Record<string, Portion>} */
  const portions = {};
  /** @type {Record<string, Portion>} */
  const lows = {};
  /** @type {Record<string, Portion>} */
  const highs = {};
  for (const [name, parts] of Object.entries(SHARE_CATEGORIES)) {
    portions[name] = { count: countIn(looks, parts), of: moments };
    rounded[name] = share(portions[name]);
    const each = looks.map((look) => ({ count: countIn([look], parts), of: look.total }));
    if (!each.length) continue;
    lows[name] = each.reduce((low, next) => (exact(next) < exact(low) ? next : low));
    highs[name] = each.reduce((high, next) => (exact(next) > exact(high) ? next : high));
  }
  return { shares: rounded, portions, lows, highs };
}

/** @param {CheckInput} input */
function unanswered(input) {
  const asked = [];
  if ((input.structure ?? null) === null && !input.structure_answered) asked.push("structure");
  if (!input.uptake && !input.uptake_answered) asked.push("uptake");
  return asked;
}

/**
 * The look with most talk, where it is enough talk to be seen once and believed.
 * @param {Look[]} looks
 * @param {Thresholds} thresholds
 * @returns {Portion | null}
 */
function sighting(looks, thresholds) {
  const talk = looks
    .filter((look) => look.total)
    .map((look) => ({ count: countIn([look], ["peer", "teacher"]), of: look.total }));
  if (!talk.length) return null;
  const best = talk.reduce((high, next) => (exact(next) > exact(high) ? next : high));
  return exact(best) >= thresholds.sighting ? best : null;
}

/**
 * @param {number[]} groups
 * @param {number | null} present
 * @param {Thresholds} thresholds
 * @returns {{topics: TopicGroups, in_mass: Portion, in_four: Portion, k_thin: number}}
 */
function topicGroups(groups, present, thresholds) {
  const sizes = groups.filter((size) => size > 0);
  const none = { count: 0, of: 0 };
  if (!sizes.length) {
    return { topics: { verdict: "not_recorded" }, in_mass: none, in_four: none, k_thin: 0 };
  }
  const total = sum(sizes);
  const k_mass = Math.min(thresholds.k_mass, present ?? thresholds.k_mass);
  const k_thin = Math.min(thresholds.k_thin, present ?? thresholds.k_thin);
  const in_mass = { count: sum(sizes.filter((size) => size >= k_mass)), of: total };
  const in_four = { count: sum(sizes.filter((size) => size >= k_thin)), of: total };
  /** @type {TopicGroups} */
  const topics = {
    verdict: topicVerdict(in_mass, in_four, thresholds.mass_share),
    topics: sizes.length,
    largest: Math.max(...sizes),
    share_in_mass: round4(exact(in_mass)),
    share_in_four: round4(exact(in_four)),
    effective_topics: round4((total * total) / sum(sizes.map((size) => size * size))),
    k_mass,
  };
  if (present && total / present < thresholds.min_coverage) topics.partly = true;
  return { topics, in_mass, in_four, k_thin };
}

/**
 * @param {Portion} in_mass
 * @param {Portion} in_four
 * @param {number} enough
 */
function topicVerdict(in_mass, in_four, enough) {
  if (exact(in_mass) >= enough) return "shared";
  return exact(in_four) >= enough ? "thin" : "fragmented";
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
