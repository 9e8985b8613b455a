// @ts-check
/** The dock: what just happened, Undo, and the five modes, under the thumb. */

import { button, fill, h, icon, mark, say } from "./dom.js";
import { reading, verdictLine } from "./reading.js";
import { plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */

export const MODES = [
  { key: "look", picture: "eye", name: "Look-fors" },
  { key: "sweep", picture: "room", name: "Sweep" },
  { key: "students", picture: "student", name: "Students" },
  { key: "notes", picture: "pencil", name: "Notes" },
  { key: "check", picture: "talk", name: "Check" },
];

/** @param {{undo: () => void, go: (mode: string) => void, search: (typed: string) => number, address: (mode: string) => string}} acts */
export function makeDock({ undo, go, search, address }) {
  const [title, detail] = [h("b", {}), h("span", { class: "dim" })];
  const output = h("output", {}, title, detail);
  const input = h("input", { type: "search", placeholder: " ", enterkeyhint: "search", "aria-label": "Find a look-for" });
  input.addEventListener("input", () => {
    const n = search(input.value);
    if (input.value.trim()) lines(`“${input.value.trim()}”`, n ? `${plural(n, "look-for")} found` : "No look-for has these words");
  });
  const finder = h("label", { class: "find" }, input, icon("find"));
  const back = button("Undo", undo, { "data-undo": true }, "undo");
  const last = h("div", { class: "last" }, finder, output, back);
  const extra = h("div", { class: "extra" });
  const above = h("div", { class: "above" });
  const tabs = MODES.map((mode) => tab(mode, go, address));
  const node = h("footer", { class: "dock" }, h("div", { class: "deed" }, above, last, extra), h("nav", { class: "tabs", "aria-label": "Visit" }, ...tabs.map((t) => t.link)));
  /** @type {any} */
  let leading = null;

  /** @param {string} a @param {string} b */
  function lines(a, b) {
    say(title, a);
    say(detail, b);
  }

  return {
    node, above, say: lines, focusUndo: () => back.focus(),
    /** Puts something in the place of the words, which stay for screen readers. @param {any} what */
    lead(what) {
      if (leading === what) return;
      leading?.remove();
      leading = what;
      if (what) {
        what.hidden = false;
        last.insertBefore(what, back);
      }
      output.classList.toggle("vh", Boolean(what));
    },
    /** @param {string} mode @param {any} more */
    show(mode, more) {
      finder.hidden = mode !== "look";
      fill(extra, more);
      for (const t of tabs) mark(t.link, "aria-current", t.key === mode ? "page" : null);
    },
    /** @param {Visit} visit */
    update(visit) {
      for (const t of tabs) t.update(visit);
      back.disabled = !visit.canUndo();
    },
  };
}

/** @param {string} key @param {Visit} visit @returns {[string, string]} the badge and what it says */
function badge(key, visit) {
  const { marks, sweeps, students, notes } = visit.walk.observed;
  if (key === "look") return told(marks.filter((/** @type {any} */ m) => m.mark === "seen").length, "seen");
  if (key === "sweep") return told(sweeps.length, "saved");
  if (key === "students") return told(students.length, "asked");
  if (key === "notes") return told(notes.length, "written");
  return ["", verdictLine(visit)];
}

/** @param {number} n @param {string} word @returns {[string, string]} */
const told = (n, word) => [n ? String(n) : "", n ? `${n} ${word}` : ""];

/** @param {{key: string, picture: string, name: string}} mode @param {(mode: string) => void} go @param {(mode: string) => string} address */
function tab({ key, picture, name }, go, address) {
  const count = h("span", { class: "n", "aria-hidden": "true", hidden: true });
  const link = h("a", { href: address(key) }, icon(picture), name, count);
  link.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    event.preventDefault();
    go(key);
  });
  let shown = "";
  return {
    key, link,
    /** @param {Visit} visit */
    update(visit) {
      const [n, words] = badge(key, visit);
      const code = key === "check" ? visit.walk.observed.override?.verdict ?? reading(visit).verdict : "";
      const due = key === "sweep" && visit.sweepDue;
      if (shown === n + words + code + due) return;
      shown = n + words + code + due;
      count.hidden = !n && !code;
      mark(count, "data-due", due ? "" : null);
      if (code) {
        mark(count, "data-v", code);
        fill(count, icon(`v-${code}`));
      } else fill(count, due ? icon("clock") : n);
      mark(link, "aria-label", words ? `${name}, ${words}${due ? ", the next one is due" : ""}` : null);
    },
  };
}
