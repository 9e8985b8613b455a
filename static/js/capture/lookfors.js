// @ts-check
/** Look-fors mode: a tap is seen, another tap is one more; the other three marks wait behind "…". */

import { fill, h, icon, mark, say } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { grouped } from "./groups.js";
import { tapped } from "./haptics.js";
import { menu, plate } from "./parts.js";
import { MARKS } from "./fold.js";
import { SHORT_MARKS, plural } from "./words.js";

const TREMOR_MS = 350;
const LONG_PRESS_MS = 500;

/** @typedef {import("./visit.js").Visit} Visit */

/** @param {Visit} visit */
export function lookForsMode(visit) {
  /** @type {Map<string, ReturnType<typeof chip>>} */
  const chips = new Map();
  const sheet = marksSheet(visit);
  const make = (/** @type {any} */ lookFor) => {
    const one = chip(visit, lookFor, sheet.open);
    chips.set(lookFor.id, one);
    return one.node;
  };
  const focus = visit.walk.observed.started?.focus ?? [];
  const first = visit.lookFors.filter((/** @type {any} */ l) => focus.includes(l.id)).sort((/** @type {any} */ a, /** @type {any} */ b) => focus.indexOf(a.id) - focus.indexOf(b.id));
  const rest = visit.lookFors.filter((/** @type {any} */ l) => !focus.includes(l.id));
  const list = h("ul", { class: "chips" }, ...first.map(make));
  const section = h(
    "section", { class: "stack tight", "aria-labelledby": "focus" },
    h("div", { class: "row" }, h("h2", { id: "focus", class: "with" }, icon("flag"), "Focus for this visit"), visit.lessonButton()),
    first.length ? list : h("p", { class: "dim small" }, "No focus was chosen. Every look-for is in the groups below."),
  );
  const groups = grouped(visit, rest, make, () => update());
  const node = h("div", { class: "stack" }, section, groups.node, sheet.node);

  function update() {
    const marks = new Map(visit.walk.observed.marks.map((/** @type {any} */ m) => [m.look_for, m]));
    for (const [id, one] of chips) one.paint(marks.get(id));
    groups.update(marks);
  }
  return { node, update, search: search(section, chips, groups) };
}

/** Filters in place: words, code, component. @param {any} section @param {Map<string, any>} chips @param {any} groups */
function search(section, chips, groups) {
  return (/** @type {string} */ typed) => {
    const query = typed.trim().toLowerCase();
    groups.whole();
    for (const { node, haystack } of chips.values()) node.hidden = Boolean(query) && !haystack.includes(query);
    section.hidden = Boolean(query) && ![...section.querySelectorAll("li")].some((li) => !li.hidden);
    groups.filter(query);
    return [...chips.values()].filter(({ node }) => !node.hidden).length;
  };
}

/** One look-for. @param {Visit} visit @param {any} lookFor @param {(lookFor: any) => void} openSheet */
function chip(visit, lookFor, openSheet) {
  const tally = h("span", { class: "tally", "aria-hidden": "true" }, icon("plus"));
  const when = h("span", { class: "w", "aria-hidden": "true" });
  const words = h("span", { class: "t" }, lookFor.statement);
  const code = h("span", {}, plate(lookFor.plate), lookFor.role === "protects" && icon("talk"));
  const name = `${lookFor.plate ? `Component ${lookFor.plate}, ` : ""}${lookFor.statement}`;
  const button = h("button", { class: "chip", type: "button" }, code, words, h("span", {}, tally, when));
  const other = otherMarks(lookFor, openSheet);
  const node = h("li", {}, button, other.node);
  let last = -TREMOR_MS;
  const held = longPress(button, () => openSheet(lookFor));
  button.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (held() || event.timeStamp - last < TREMOR_MS) return;
    last = event.timeStamp;
    // The chip answers at once; the fold says the same a moment later.
    const before = visit.walk.observed.marks.find((/** @type {any} */ m) => m.look_for === lookFor.id);
    see(visit, lookFor, before);
    const tap = { at: visit.walk.instant() };
    paint({ mark: "seen", at: tap.at, taps: [...(before?.mark === "seen" ? before.taps : []), tap] });
  });

  /** @param {any} m */
  function paint(m) {
    const n = m?.mark === "seen" ? Math.max(1, m.taps.length) : 0;
    const at = m ? timeOfDay(n ? m.taps.at(-1)?.at ?? m.at : m.at) : "";
    mark(node, "data-m", m?.mark ?? null);
    mark(node, "data-n", n ? String(n) : null);
    const shown = n > 1 ? String(n) : n ? "tick" : "plus";
    if (tally.dataset.shown !== shown) {
      tally.dataset.shown = shown;
      fill(tally, n > 1 ? n : icon(shown));
    }
    say(when, n ? at : "");
    other.paint(n ? null : m?.mark);
    const told = n ? `, Seen ${plural(n, "time")}, last at ${at}` : m ? `, ${MARKS[/** @type {"seen"} */ (m.mark)]}, marked at ${at}` : "";
    mark(button, "aria-label", name + told);
  }
  paint(undefined);
  return { node, paint, haystack: haystack(visit, lookFor) };
}

/** What a search looks through: words, codes, components. @param {Visit} visit @param {any} lookFor */
export function haystack(visit, lookFor) {
  const components = (lookFor.components ?? []).map((/** @type {string} */ id) => visit.components.get(id)?.name ?? "");
  return [lookFor.statement, lookFor.plate, lookFor.key, ...components].join(" ").toLowerCase();
}

/** The way to the other marks, which wears the one that was given. @param {any} lookFor @param {(lookFor: any) => void} open */
function otherMarks(lookFor, open) {
  const name = `Other marks for ${lookFor.plate || lookFor.key}, ${lookFor.statement}`;
  const face = h("span", { "aria-hidden": "true" }, icon("more"));
  const node = h("button", { class: "more", type: "button", onclick: () => open(lookFor), "aria-haspopup": "true", "aria-label": name }, face);
  let shown = "";
  return {
    node,
    /** @param {"not_seen" | "no_chance" | "not_applicable" | null | undefined} code */
    paint(code) {
      if (shown === (code ?? "")) return;
      shown = code ?? "";
      fill(face, icon(code ?? "more"), code && h("span", {}, SHORT_MARKS[code]));
      mark(node, "aria-label", name + (code ? `, now ${MARKS[code].toLowerCase()}` : ""));
    },
  };
}

/** @param {Visit} visit @param {any} lookFor @param {any} before the mark it has */
function see(visit, lookFor, before) {
  tapped();
  const again = before?.mark === "seen";
  if (again) visit.act("look_for_counted", { look_for: lookFor.id });
  else visit.act("look_for_marked", { look_for: lookFor.id, mark: "seen" });
}

/** Holds a finger down: opens the other marks, and swallows the tap that follows. @param {any} button @param {() => void} open */
function longPress(button, open) {
  /** @type {any} */
  let timer;
  let fired = false;
  const stop = () => clearTimeout(timer);
  button.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    fired = false;
    stop();
    if (event.button) return;
    timer = setTimeout(() => {
      fired = true;
      tapped();
      open();
    }, LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) button.addEventListener(name, stop);
  button.addEventListener("contextmenu", (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!fired) open();
    fired = true;
  });
  button.addEventListener("keydown", () => {
    fired = false;
  });
  return () => {
    const was = fired;
    fired = false;
    return was;
  };
}

/**
 * An automatic popover would close under the very finger whose long press opened it, as it lifts.
 * This one closes by a touch elsewhere, or Escape.
 * @param {any} node
 */
function closeByHand(node) {
  node.popover = "manual";
  const open = () => node.matches(":popover-open");
  document.addEventListener("pointerdown", (event) => {
    if (open() && !node.contains(event.target)) node.hidePopover();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open()) node.hidePopover();
  });
}

/** The four marks of one look-for, floating over the list and never moving it. @param {Visit} visit */
function marksSheet(visit) {
  /** @type {any} */
  let current = null;
  const title = h("p", { class: "small dim" });
  const options = Object.entries(MARKS).map(([code, words]) => {
    const button = h("button", { class: "btn", type: "button", popovertarget: "marks" }, icon(code === "seen" ? "tick" : code), words);
    button.addEventListener("click", () => {
      if (code === "seen") see(visit, current, visit.walk.observed.marks.find((/** @type {any} */ m) => m.look_for === current.id));
      else visit.act("look_for_marked", { look_for: current.id, mark: code });
      tapped();
    });
    return { code, button };
  });
  const node = menu("marks", "Mark this look-for", title, ...options.map(({ button }) => button));
  closeByHand(node);
  return {
    node,
    /** @param {any} lookFor */
    open(lookFor) {
      current = lookFor;
      fill(title, plate(lookFor.plate), ` ${lookFor.statement}`);
      const now = visit.walk.observed.marks.find((/** @type {any} */ m) => m.look_for === lookFor.id)?.mark;
      for (const { code, button } of options) mark(button, "aria-pressed", String(code === now));
      node.showPopover();
      options[0].button.focus({ preventScroll: true });
    },
  };
}
