// @ts-check
/**
 * The check in sentences on the phone: the twin of rules/discourse/words.py and moves.py. Every
 * sentence carries its number and says only what was recorded.
 */

import {
  DISPLACED_SENTENCES,
  DO_NOT_BLEND,
  MOVES,
  NEXT_QUESTIONS,
  NUMBERS,
  REASON_SENTENCES,
  TALK_STRUCTURES,
  VERDICT_WORDS,
} from "./discourse-words.js";

/** @typedef {import("./discourse-pooled.js").Check} Check */
/** @import { Move, Words } from "./discourse-words.js" */

/** @type {Words} */
const REASON_SHARE = {
  headphone_room: "headphone_share",
  solo_device_room: "solo_device_share",
  listening_room: "listening_share",
  no_peer_talk: "peer_share",
};

/** @param {string} verdict */
export function verdictWord(verdict) {
  return VERDICT_WORDS[verdict] ?? verdict;
}

/**
 * The moves for a check's reasons in their order, each once, ending with “do not blend”.
 * @param {Check} check
 * @returns {Move[]}
 */
export function moves(check) {
  const unjudged = ["not_applicable", "not_enough_evidence"].includes(check.verdict);
  if (unjudged || check.confidence === "for now") return [];
  const chosen = new Map();
  for (const code of check.reasons) {
    for (const move of MOVES[code] ?? []) chosen.set(move.id, move);
  }
  return [...chosen.values(), DO_NOT_BLEND];
}

/**
 * Halves upward by whole numbers, so that both sides say the same percentage.
 * @param {{count: number, of: number}} portion
 */
export function percent({ count, of }) {
  return of ? Math.floor((200 * count + of) / (2 * of)) : 0;
}

/**
 * @param {number} number
 * @param {string} thing
 */
export function counted(number, thing) {
  return number === 1 ? `${number} ${thing}` : `${number} ${thing}s`;
}

/** @param {number} number */
export function numberWord(number) {
  return NUMBERS[number] ?? String(number);
}

/**
 * One reason as a sentence with its number.
 * @param {string} code
 * @param {Check} check
 */
export function reasonSentence(code, check) {
  let key = code;
  if (code.startsWith("sweeps<")) key = "sweeps<min or span<min";
  else if (code === "no_talk_structure" && !check.unanswered.includes("structure")) {
    key = "no_talk_structure:answered";
  }
  const numbers = reasonNumbers(code, check);
  return REASON_SENTENCES[key].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
}

/**
 * @param {string} code
 * @param {Check} check
 * @returns {Record<string, unknown>}
 */
function reasonNumbers(code, check) {
  const portion = check.portions[REASON_SHARE[code] ?? "interactive_share"];
  const { topics, thresholds } = check;
  return {
    count: portion.count,
    of: portion.of,
    percent: percent(portion),
    headphones: check.counts.headphones,
    looks: counted(check.valid_sweeps, "look"),
    in_mass: check.in_mass.count,
    in_four: check.in_four.count,
    students: check.in_mass.of,
    k_mass: topics.k_mass,
    k_thin: check.k_thin,
    largest: topics.largest,
    planned: check.planned,
    sighted: check.sighting?.count,
    sighted_of: check.sighting?.of,
    structure: (TALK_STRUCTURES[check.structure ?? ""] ?? "").toLowerCase(),
    present: check.present,
    valid: check.valid_sweeps,
    min_sweeps: thresholds.min_sweeps,
    span: Math.floor(check.span_s / 60),
    min_span: Math.ceil(thresholds.min_span_s / 60),
  };
}

/**
 * The generated line of numbers that anybody can repeat from the sweeps.
 * @param {Omit<Check, "explain">} check
 */
export function explain(check) {
  const topics = topicsLine(check);
  if (!check.student_moments) return ["No sweep counted.", ...topics].join(" ");
  const looks = counted(check.valid_sweeps, "look");
  const moments = counted(check.student_moments, "student-moment");
  return [`${looks}, ${moments}: ${momentsLine(check)}.`, ...topics].join(" ");
}

/** @param {Omit<Check, "explain">} check */
function momentsLine({ counts, portions, student_moments }) {
  const solo = portions.solo_device_share;
  const listening = portions.listening_share;
  const parts = [
    `${counts.peer} with a classmate (${percent(portions.peer_share)}%)`,
    `${counts.teacher} with the teacher`,
    `${solo.count} on a device (${percent(solo)}%)`,
  ];
  if (counts.headphones) parts.push(`${counts.headphones} of them in headphones`);
  if (listening.count) {
    parts.push(`${listening.count} listening as a group (${percent(listening)}%)`);
  }
  for (const [name, words] of [
    ["quiet", "reading or writing"],
    ["other", "doing something else"],
  ]) {
    const portion = { count: counts[name], of: student_moments };
    if (portion.count * 10 >= portion.of) {
      parts.push(`${portion.count} ${words} (${percent(portion)}%)`);
    }
  }
  return parts.join(", ");
}

/** @param {Omit<Check, "explain">} check */
function topicsLine({ topics, in_mass, present }) {
  if (topics.verdict === "not_recorded") return [];
  const things = topics.topics === 1 ? "topic" : "topics";
  const line = `${numberWord(topics.topics ?? 0)} ${things}, largest group ${topics.largest}.`;
  if (!topics.partly) return [line];
  return [line, `Topics were recorded for ${in_mass.of} of ${present} students.`];
}

/**
 * The lowest and highest sweep behind one share; empty where fewer than two count.
 * @param {string} share
 * @param {Check} check
 */
export function rangeSentence(share, check) {
  if (check.valid_sweeps < 2) return "";
  const low = check.lows[share];
  const high = check.highs[share];
  return `Lowest look ${low.count} of ${low.of}, highest ${high.count} of ${high.of}.`;
}

/**
 * The verdict as the screen leads with it, always marked where it is only for now.
 * @param {Check} check
 */
export function headline(check) {
  const word = verdictWord(check.verdict);
  if (check.confidence === "for now") return `For now: ${word.toLowerCase()}, ${soFar(check)}`;
  if (check.confidence === "one sighting") return `${word}, one sighting`;
  return check.for_now ? `${word}, for now` : word;
}

/** @param {Check} check */
function soFar({ valid_sweeps, span_s, thresholds }) {
  if (valid_sweeps < thresholds.min_sweeps) {
    return `${valid_sweeps} of ${thresholds.min_sweeps} sweeps`;
  }
  return `${Math.floor(span_s / 60)} of ${Math.ceil(thresholds.min_span_s / 60)} minutes`;
}

/**
 * One sentence under the verdict: why this one, from the numbers.
 * @param {Check} check
 */
export function verdictSentence(check) {
  if (["not_applicable", "not_enough_evidence"].includes(check.verdict)) {
    return reasonSentence(check.reasons[0], check);
  }
  if (check.confidence === "one sighting") return reasonSentence("clear_sighting", check);
  const talk = check.portions.interactive_share;
  const solo = check.portions.solo_device_share;
  const said =
    `${talk.count} of ${talk.of} student-moments in talk with a classmate or the teacher ` +
    `(${percent(talk)}%), ${solo.count} alone on a device (${percent(solo)}%).`;
  return check.verdict === "displaced" ? `${said} ${absence(check)}` : said;
}

/** @param {Check} check */
function absence({ structure, unanswered }) {
  if (structure !== null) {
    const uptake = unanswered.includes("uptake") ? "none was recorded" : "none was heard";
    return DISPLACED_SENTENCES.uptake.replace("{how}", uptake);
  }
  const how = unanswered.length ? "none was recorded" : "none was seen or heard";
  return DISPLACED_SENTENCES.both.replace("{how}", how);
}

/**
 * What would make the verdict firm; empty where nothing is missing. `clock` turns seconds,
 * counted like those of the sweeps given, into a time of day.
 * @param {Check} check
 * @param {((seconds: number) => string) | null} [clock]
 */
export function nextLookSentence(check, clock = null) {
  const look = check.next_look;
  if (look === null) return "";
  if (look.kind === "plan") return `Go back at ${look.planned}, when talk is planned.`;
  if (look.kind === "answers") {
    return look.questions.map((name) => NEXT_QUESTIONS[name]).join(" ");
  }
  return moreSweepsSentence(look, clock);
}

/**
 * @param {import("./discourse-pooled.js").NextLook} look
 * @param {((seconds: number) => string) | null} clock
 */
function moreSweepsSentence(look, clock) {
  const number = numberWord(look.sweeps);
  if (look.after_s === null) {
    const sweeps = look.sweeps === 1 ? "sweep makes" : "sweeps make";
    return `${number} ${sweeps} it firm, first to last at least ${look.minutes} minutes.`;
  }
  const when = clock
    ? `after ${clock(look.after_s)}`
    : `at least ${counted(look.minutes ?? 0, "minute")} after the first`;
  if (look.sweeps === 1) return `One more sweep ${when} makes it firm.`;
  return `${number} more sweeps, the last ${when}, make it firm.`;
}
