// @ts-check
/**
 * What the sweeps that count add up to, before any verdict: the twin of rules/discourse's
 * reading.py and topics.py, and of the pooling in check.py.
 */

import { judged, lastPresent, sum, compareLooks } from "./discourse-sweeps.js";
import { CATEGORIES } from "./discourse-words.js";

/** @typedef {import("./discourse-sweeps.js").Counts} Counts */
/** @typedef {import("./discourse-sweeps.js").SweepInput} SweepInput */
/** @typedef {import("./discourse-sweeps.js").Look} Look */
/** @typedef {import("./discourse-sweeps.js").Thresholds} Thresholds */
/** @typedef {{count: number, of: number}} Portion */
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
export const exact = ({ count, of }) => (of ? count / of : 0);

/** @param {Portion} portion */
const share = ({ count, of }) => (of ? round4(count / of) : null);

/**
 * @param {CheckInput} input
 * @param {Thresholds} thresholds
 * @returns {Check}
 */
export function pooled(input, thresholds) {
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
