// @ts-check
/** Students mode: three students without names, three questions, and a fourth about talk. */

import { h, icon, mark, say } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { tapped } from "./haptics.js";
import { nameHint } from "./notes.js";
import { answers } from "./parts.js";
import { ASK_ANSWERS } from "./fold.js";
import { QUESTIONS } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */

const LETTERS = ["A", "B", "C"];
const KEYS = ["now", "going", "how", "classmate", "quote"];

/** @param {any} [asked] */
const answered = (asked) => KEYS.slice(0, 4).filter((key) => asked?.[key]).length;

/** @param {Visit} visit */
export async function studentsMode(visit) {
  /** @param {string} letter @returns {any} */
  const asked = (letter) => visit.walk.observed.students.find((/** @type {any} */ s) => s.student === letter);
  let current = LETTERS.find((letter) => answered(asked(letter)) < 4) ?? "A";
  const picks = LETTERS.map((letter) => {
    const state = h("span", { class: "dim" });
    const button = h("button", { type: "button", onclick: () => choose(letter) }, h("b", {}, `Student ${letter}`), state);
    return { letter, state, button, item: h("li", {}, button) };
  });
  const asks = Object.entries(QUESTIONS).map(([key, legend]) => [key, answers({ legend, question: true, options: ASK_ANSWERS, choose: (value) => answer(key, value) })]);
  asks.push(["classmate", answers({ legend: "Talked with a classmate about this today?", options: { yes: "Yes", no: "No" }, choose: (value) => answer("classmate", value) })]);
  const words = h("textarea", { rows: 2, maxlength: 500, id: "quote" });
  const hint = nameHint(visit);
  words.addEventListener("input", () => {
    void visit.keepDraft(`quote-${current}`, words.value);
    hint.paint(words.value);
  });
  words.addEventListener("change", () => answer("quote", words.value.trim() || null));
  const node = h(
    "div", { class: "stack" }, h("ol", { class: "strip pick-one", "aria-label": "Students asked" }, ...picks.map(({ item }) => item)),
    h("p", { class: "dim small with" }, icon("lock"), "Names are never kept. Ask low, listen long."),
    ...asks.map(([, one]) => /** @type {any} */ (one).node),
    h("label", { class: "stack tight small" }, h("b", {}, "Their words, if they stay with you"), words), hint.node,
  );

  /** @param {string} letter */
  function choose(letter) {
    current = letter;
    void fillWords();
    update();
  }

  /** What was typed and not yet kept comes back first. */
  async function fillWords() {
    const letter = current;
    const typed = await visit.draft(`quote-${letter}`);
    if (letter === current) words.value = typed ?? asked(letter)?.quote ?? "";
    hint.paint(words.value);
  }

  /** @param {string} key @param {string | null} value */
  function answer(key, value) {
    const before = asked(current) ?? {};
    if ((before[key] ?? null) === value) return;
    tapped();
    /** @type {Record<string, string | null>} */
    const data = { student: current, ...Object.fromEntries(KEYS.filter((k) => before[k]).map((k) => [k, before[k]])), [key]: value };
    if (value === null) delete data[key];
    visit.act("student_asked", data, key === "quote" ? { drop: visit.draftKey(`quote-${current}`) } : {});
  }

  function update() {
    for (const { letter, state, button } of picks) {
      const one = asked(letter);
      const n = answered(one);
      mark(button, "aria-current", letter === current ? "step" : null);
      say(state, n || one?.quote ? `${letter === current ? "now" : timeOfDay(one.at)} · ${n} of 4` : letter === current ? "now" : "not asked");
    }
    const one = asked(current) ?? {};
    for (const [key, group] of asks) /** @type {any} */ (group).set(one[/** @type {string} */ (key)]);
    if (document.activeElement !== words) void fillWords();
  }
  update();
  return { node, update };
}
