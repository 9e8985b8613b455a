// Answers questions put by the Python tests: JSON in by stdin, JSON out by stdout.
import { readFileSync } from "node:fs";
import * as discourse from "../../static/js/capture/discourse.js";
import * as capture from "../../static/js/capture/fold.js";
import { parseInstant } from "../../static/js/capture/event-data.js";

const WORDS = [
  "CATEGORY_WORDS", "VERDICT_WORDS", "PHASES", "QUIET_PHASES", "TALK_STRUCTURES", "MODELS",
  "SHARE_WORDS", "TOPIC_WORDS", "REASON_SENTENCES", "DISPLACED_SENTENCES", "NEXT_QUESTIONS",
  "NUMBERS", "MOVES", "DO_NOT_BLEND", "RULE_VERSION", "CATEGORIES",
];
const CODES = ["EVENT_KINDS", "MARKS", "PURPOSES", "ASK_ANSWERS", "SPEAKERS", "NOTE_SLOTS"];
const pick = (from, names) => Object.fromEntries(names.map((name) => [name, from[name]]));

/** Everything a screen may say about a check. */
function said(check) {
  if (check === null) return null;
  return {
    headline: discourse.headline(check),
    sentence: discourse.verdictSentence(check),
    reasons: check.reasons.map((code) => discourse.reasonSentence(code, check)),
    next: discourse.nextLookSentence(check),
    next_at: discourse.nextLookSentence(check, (seconds) => `${seconds} s`),
    ranges: Object.keys(check.lows).map((share) => discourse.rangeSentence(share, check)),
    moves: discourse.moves(check),
  };
}

function checked({ input, thresholds }) {
  const limits = { ...discourse.THRESHOLDS, ...thresholds };
  const whole = discourse.check(input, limits);
  const leaning = discourse.lean(input, limits);
  const judged = discourse.judge_sweeps(input, limits);
  return { check: whole, said: said(whole), lean: leaning, leaning: said(leaning), judged };
}

function folded(events) {
  const { observed, live } = capture.fold(events);
  const input = discourse.check_input(observed);
  return {
    text: JSON.stringify(observed),
    input,
    check: discourse.check(input),
    live,
  };
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  words: pick(discourse, WORDS),
  thresholds: discourse.THRESHOLDS,
  codes: pick(capture, CODES),
  checks: (asked.checks ?? []).map(checked),
  folds: (asked.folds ?? []).map(folded),
  rounded: (asked.rounded ?? []).map(([a, b]) => discourse.round4(a / b)),
  instants: (asked.instants ?? []).map(parseInstant),
};
process.stdout.write(JSON.stringify(answers));
