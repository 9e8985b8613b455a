// @ts-check
/** Check mode: is talk about the content protected in this room, these minutes; and what to look for next. */

import { button, fill, h, icon, mark, say } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { moves, nextLookSentence, reasonSentence, verdictSentence, verdictWord } from "./discourse.js";
import { answers, verdict } from "./parts.js";
import { leaning, reading } from "./reading.js";
import { questions, talkSection } from "./talk.js";
import { plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */

const BARS = [
  { name: "Talking with a classmate", share: "peer_share", c: "peer", parts: ["peer"] },
  { name: "With the teacher", share: null, c: "teacher", parts: ["teacher"] },
  { name: "Alone on a device or in headphones", share: "solo_device_share", c: "device", parts: ["device", "headphones"] },
];

/** @param {Visit} visit */
export function checkMode(visit) {
  const head = h("section", { class: "card stack", "aria-labelledby": "check-v" });
  const rests = h("section", { class: "stack", "aria-labelledby": "rests" });
  const move = h("section", { class: "card stack tight" });
  const talk = talkSection(visit);
  const asks = questions(visit);
  const how = h("p", {});
  const yours = override(visit);
  const node = h("div", { class: "stack loose" }, head, asks.node, rests, talk.node, move, yours.node,
    h("details", { class: "small dim" }, h("summary", {}, "How this is worked out", icon("down")), how));

  function update() {
    const now = reading(visit);
    drawHead(head, visit, now);
    drawRests(rests, visit, now);
    drawMoves(move, now);
    talk.update();
    asks.update(visit.walk.observed.sweeps.length >= 3, true);
    yours.update();
    say(how, `It describes a room during these minutes, never a teacher. ${now.explain} A sweep counts with at least 80% of the class in it, a minute or more after the one before. The rule is version ${now.rule_version}, the same at school.`);
  }
  return { node, update };
}

/** @param {any} head @param {Visit} visit @param {any} now */
function drawHead(head, visit, now) {
  mark(head, "data-v", now.verdict);
  const said = ["not_applicable", "not_enough_evidence"].includes(now.verdict) || now.confidence === "one sighting";
  /** @type {string[]} the sentence under the verdict already says the others */
  const because = said ? [] : now.reasons;
  const needed = now.thresholds?.min_sweeps ?? 3;
  const done = Math.min(now.valid_sweeps, needed);
  const pips = h("meter", { class: "pips", min: 0, max: needed, "aria-label": "Sweeps that count" }, `${done} of ${needed}`);
  pips.value = done;
  fill(head,
    h("h2", {}, "Is talk about the content protected?"),
    h("p", { id: "check-v" }, verdict(now.verdict, true)),
    h("p", {}, verdictSentence(now)),
    because.length > 0 && h("ul", { class: "small stack tight" }, ...because.map((code) => h("li", {}, reasonSentence(code, now)))),
    now.verdict !== "not_applicable" && h("p", { class: "with small" }, pips, h("span", {}, leaning(visit) && h("b", {}, "For now. "), `${now.valid_sweeps} of ${needed} sweeps count`)),
    h("p", { class: "small" }, nextLookSentence(visit.walk.check, sweepClock(visit))),
  );
}

/** Seconds since the first sweep as a time of day, rounded up to a minute that is surely late enough. @param {Visit} visit */
const sweepClock = (visit) => {
  const first = visit.walk.observed.sweeps[0];
  return first ? (/** @type {number} */ s) => timeOfDay(Math.ceil((Date.parse(first.began_at) + s * 1000) / 60_000) * 60_000) : null;
};

/** @param {any} rests @param {Visit} visit @param {any} now */
function drawRests(rests, visit, now) {
  const counted = visit.walk.observed.sweeps.filter((/** @type {any} */ s) => s.counted);
  const left = visit.walk.observed.sweeps.length - counted.length;
  const n = visit.present();
  fill(rests,
    h("div", { class: "row" }, h("h2", { id: "rests" }, "What it rests on"), n && h("span", { class: "small dim" }, `of ${n} students`)),
    !counted.length && h("p", { class: "dim small" }, "No sweep counts yet."),
    ...(counted.length ? BARS.map((bar) => bars(bar, counted, now)) : []),
    left > 0 && h("p", { class: "small dim" }, `${plural(left, "sweep")} not counted: see Notes for why.`),
  );
}

/** One share over the sweeps that count, with its lowest and highest. @param {any} bar @param {any[]} sweeps @param {any} now */
function bars({ name, share, c, parts }, sweeps, now) {
  const value = (/** @type {any} */ sweep) => parts.reduce((/** @type {number} */ sum, /** @type {string} */ p) => sum + (sweep.counts[p] ?? 0), 0);
  const rows = sweeps.flatMap((sweep) => {
    const at = timeOfDay(sweep.at);
    const meter = h("meter", { min: 0, max: sweep.present ?? sweep.total, "data-c": c, "aria-label": `${at}, ${value(sweep)} of ${sweep.present ?? sweep.total} students` }, value(sweep));
    meter.value = value(sweep);
    return [h("time", {}, at), meter, h("b", { class: "num" }, value(sweep))];
  });
  const [low, high] = [now.lows?.[share], now.highs?.[share]];
  const range = sweeps.length > 1 && low && high ? `${low.count} to ${high.count}` : "";
  return h("section", { class: "stack tight" }, h("h3", { class: "row" }, name, h("span", { class: "dim" }, range)), h("div", { class: "times" }, ...rows));
}

/** @param {any} card @param {any} now */
function drawMoves(card, now) {
  const all = moves(now);
  card.hidden = !all.length;
  if (!all.length) return;
  const [first, ...others] = all;
  fill(card,
    h("h3", { class: "with" }, icon("sprout"), "A move that protects talk"), h("p", {}, `${first.text}.`),
    others.length > 0 && h("details", { class: "small" }, h("summary", {}, plural(others.length, "other move"), icon("down")),
      h("ul", { class: "stack tight" }, ...others.map((/** @type {any} */ m) => h("li", {}, `${m.text}.`)))));
}

/** The observer may see it otherwise, with a reason; both stand. @param {Visit} visit */
function override(visit) {
  /** @type {string | null} */
  let chosen = null;
  const pick = answers({
    legend: "Your verdict", options: Object.fromEntries(["preserved", "at_risk", "displaced"].map((code) => [code, verdictWord(code)])),
    choose: (value) => {
      chosen = value;
      update();
    },
  });
  const why = h("textarea", { rows: 2, maxlength: 1000, id: "why", oninput: () => update() });
  const keep = button("Keep your verdict", () => {
    if (!chosen || !why.value.trim()) return why.focus();
    visit.act("verdict_overridden", { verdict: chosen, reason: why.value.trim() });
    why.value = "";
    chosen = null;
    return update();
  });
  const told = h("p", { class: "small" });
  const node = h("details", { class: "small" }, h("summary", {}, "You saw it otherwise", icon("down")),
    h("div", { class: "stack" }, told, pick.node, h("label", { class: "stack tight" }, h("b", {}, "Because"), why), h("p", { class: "dim" }, "Both verdicts are kept and shown, yours with its reason."), keep));
  function update() {
    const { override: kept } = visit.walk.observed;
    pick.set(chosen);
    told.hidden = !kept;
    say(told, kept ? `Yours now: ${verdictWord(kept.verdict).toLowerCase()}, because ${kept.reason}` : "");
    keep.setAttribute("aria-disabled", String(!chosen || !why.value.trim()));
  }
  return { node, update };
}
