// @ts-check
/** Parts that several modes share: the stepper, the room as one bar, answers to choose from, the verdict. */

import { fill, h, hidden, icon, mark, s } from "./dom.js";
import { CATEGORIES, verdictWord } from "./discourse.js";
import { stepped } from "./haptics.js";
import { COUNTED } from "./words.js";

const MOST = 99;
/** Percent of a bar below which a number would not fit into its segment; the bar’s name says it all the same. */
const NARROW = 4.5;
let made = 0;

/** An id no other element has. @param {string} stem */
export const unique = (stem) => `${stem}-${(made += 1)}`;

/**
 * A number to step or to type.
 * @param {{name: string, picture: string, category?: string, max?: number, change: (value: number) => void}} parts
 */
export function stepper({ name, picture, category, max = MOST, change }) {
  const id = unique("step");
  const input = h("input", { id, type: "number", inputmode: "numeric", min: 0, max, value: "0", autocomplete: "off" });
  const set = (/** @type {number} */ value) => {
    const whole = Math.min(max, Math.max(0, Math.round(value) || 0));
    if (input.value !== String(whole)) input.value = String(whole);
    return whole;
  };
  let typing = false;
  const take = () => {
    if (!typing) return;
    typing = false;
    change(set(Number(input.value)));
  };
  const step = (/** @type {number} */ by) => () => {
    stepped();
    typing = false;
    change(set(Number(input.value) + by));
  };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => {
    typing = true;
    // an iPhone leaves the field focused, and tells no change, when a finger goes on to a button
    document.addEventListener("pointerdown", take, { capture: true, once: true });
  });
  input.addEventListener("change", take);
  const node = h(
    "fieldset", { class: "step" }, h("legend", { class: "vh" }, name),
    h("i", { data: category ? { c: category } : {} }, icon(picture)), h("label", { for: id }, name),
    h("button", { class: "btn", type: "button", "aria-label": `One fewer: ${name}`, onclick: step(-1) }, icon("minus")),
    input,
    h("button", { class: "btn soft", type: "button", "aria-label": `One more: ${name}`, onclick: step(1) }, icon("plus")),
  );
  /** Shows a number, unless another is being typed. @param {number} value */
  const show = (value) => void (typing || set(value));
  return { node, input, set: show };
}

/** @param {Record<string, number>} counts @param {number} left */
function barName(counts, left) {
  const said = CATEGORIES.filter((/** @type {string} */ c) => counts[c]).map((/** @type {string} */ c) => `${counts[c]} ${COUNTED[/** @type {"peer"} */ (c)].toLowerCase()}`);
  if (left) said.push(`${left} not counted`);
  return said.join(", ") || "Nobody counted yet";
}

/**
 * Draws one sweep into a bar: always the same order, a number in every segment wide enough to hold one.
 * @param {any} bar an svg @param {Record<string, number>} counts @param {number} left
 */
export function drawBar(bar, counts, left) {
  /** @type {[string, number][]} */
  const everyone = [...CATEGORIES.map((c) => /** @type {[string, number]} */ ([c, counts[c] ?? 0])), ["rest", left]];
  const parts = everyone.filter(([, n]) => n);
  const all = parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  let before = 0;
  const small = bar.classList.contains("sm");
  const drawn = parts.flatMap(([c, n]) => {
    const x = (before * 100) / all;
    const width = (n * 100) / all;
    before += n;
    const rect = s("rect", { "data-c": c, x: `${x}%`, width: `${width}%`, height: "100%" });
    return small || width < NARROW ? [rect] : [rect, s("text", { "data-c": c, x: `${x + width / 2}%`, y: "50%" }, n)];
  });
  fill(bar, ...(drawn.length ? drawn : [s("rect", { "data-c": "rest", width: "100%", height: "100%" })]));
  mark(bar, "aria-label", barName(counts, left));
}

/** @param {Record<string, number>} counts @param {number} left @param {string} [size] */
export function roomBar(counts, left, size = "") {
  const bar = s("svg", { class: `roombar ${size}`.trim(), role: "img" });
  drawBar(bar, counts, left);
  return bar;
}

/**
 * Exclusive answers. Choosing the chosen one again takes the answer away.
 * @param {{legend: string, question?: boolean, options: Record<string, string>, choose: (value: string | null) => void}} parts
 */
export function answers({ legend, question = false, options, choose }) {
  const name = unique("ask");
  const inputs = Object.entries(options).map(([value, words]) => {
    const input = h("input", { type: "radio", name, value });
    input.addEventListener("click", () => {
      const again = input.dataset.was === "yes";
      if (again) input.checked = false;
      choose(again ? null : value);
    });
    return { value, input, label: h("label", { class: "btn" }, input, h("span", {}, words)) };
  });
  const node = h("fieldset", { class: "ask" }, h("legend", { class: question ? "q" : "" }, legend), h("div", {}, ...inputs.map(({ label }) => label)));
  return {
    node,
    /** @param {string | null | undefined} value */
    set(value) {
      for (const one of inputs) {
        one.input.checked = one.value === value;
        one.input.dataset.was = one.value === value ? "yes" : "";
      }
    },
  };
}

/** @param {string} code @param {boolean} [big] */
export const verdict = (code, big = false) =>
  h("span", { class: big ? "verdict big" : "verdict", data: { v: code } }, icon(`v-${code}`), verdictWord(code));

/** A component’s plate; nothing where the framework has no code for it. @param {string | null} code */
export const plate = (code) => code && h("span", { class: "plate" }, hidden("Component "), code);

/** A list of choices that floats above the dock. @param {string} id @param {string} label @param {...any} children */
export const menu = (id, label, ...children) =>
  h("div", { popover: "auto", id, class: "card menu", role: "group", "aria-label": label }, ...children);
