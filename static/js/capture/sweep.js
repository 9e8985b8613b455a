// @ts-check
/** Sweep mode: each student once, at this instant. An open sweep is a draft in the journal, written per tap. */

import { button, fill, h, icon, mark, say } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { CATEGORIES } from "./discourse.js";
import { stepped, tapped } from "./haptics.js";
import { drawBar, menu, roomBar, stepper } from "./parts.js";
import { talkSection } from "./talk.js";
import { topicsSection } from "./topics.js";
import { COUNTED } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */
/** @typedef {{counts: Record<string, number>, began_at: string | null, steps: [string, number][]}} Draft */

/** @returns {Draft} */
const blank = () => ({ counts: Object.fromEntries(CATEGORIES.map((/** @type {string} */ c) => [c, 0])), began_at: null, steps: [] });

/** @param {Draft} draft */
const total = (draft) => Object.values(draft.counts).reduce((sum, n) => sum + n, 0);

/** @param {Visit} visit */
export async function sweepMode(visit) {
  /** @type {Draft} */
  let draft = (await visit.draft("sweep")) ?? blank();
  const steppers = new Map(CATEGORIES.map((/** @type {string} */ c) => [c, categoryStepper(c, (n) => put(c, n))]));
  const strip = h("ol", { class: "strip", "aria-label": "Sweeps in this visit", tabindex: "0" });
  const classSize = presentMenu(visit);
  const talk = talkSection(visit);
  const topics = await topicsSection(visit);
  const bar = h("div", { class: "grow", hidden: true }, roomBar({}, 0, "live"));
  const dock = sweepDock({ save, rest, classSize: () => visit.act("context_set", { present: total(draft) }) });

  const node = h(
    "div", { class: "stack tight" }, strip,
    h("section", { "aria-labelledby": "sweep-now" },
      h("div", { class: "row" }, h("h2", { id: "sweep-now" }, "Right now, how many are"), classSize.opener),
      ...[...steppers.values()].map((s) => s.node)),
    talk.node, topics.node, classSize.node, dock.menu,
  );

  /** @param {string} category @param {number} n */
  function put(category, n) {
    draft.steps.push([category, draft.counts[category]]);
    draft.counts[category] = n;
    draft.began_at ??= visit.walk.instant();
    void visit.keepDraft("sweep", draft);
    paint();
  }

  /** @param {string} category */
  function rest(category) {
    const left = (visit.present() ?? 0) - total(draft);
    if (left > 0) put(category, draft.counts[category] + left);
    stepped();
  }

  function save() {
    if (!total(draft)) return;
    const present = visit.present();
    const data = { counts: draft.counts, began_at: draft.began_at, ...(present ? { present } : {}) };
    draft = blank();
    tapped();
    visit.act("sweep_taken", data, { drop: visit.draftKey("sweep") });
    paint();
  }

  /** Takes back the last tap of the open sweep; answers whether there was one. */
  function undo() {
    const last = draft.steps.pop();
    if (!last) return false;
    draft.counts[last[0]] = last[1];
    if (!draft.steps.length) draft = blank();
    void visit.keepDraft("sweep", draft);
    visit.say(COUNTED[/** @type {"peer"} */ (last[0])], `Back to ${last[1]}`);
    paint();
    return true;
  }

  function paint() {
    const n = visit.present();
    const sum = total(draft);
    const left = Math.max(0, (n ?? 0) - sum);
    for (const [category, one] of steppers) one.set(draft.counts[category]);
    drawBar(bar.firstChild, draft.counts, left);
    drawStrip(strip, visit, draft, left);
    classSize.paint(n);
    dock.paint(sum, n);
    visit.dock.lead(sum || draft.began_at ? bar : null);
  }

  return {
    node, bar, dock: dock.node, undo,
    open: () => total(draft),
    save,
    discard() {
      draft = blank();
      void visit.dropDraft("sweep");
      paint();
    },
    shown: paint,
    update() {
      paint();
      talk.update();
      topics.update();
    },
  };
}

/** @param {string} category @param {(n: number) => void} change */
const categoryStepper = (category, change) =>
  stepper({ name: COUNTED[/** @type {"peer"} */ (category)], picture: category, category, change });

/** Earlier sweeps, and the open one, which starts at zero so that it does not lead the eye. @param {any} strip @param {Visit} visit @param {Draft} draft @param {number} left */
function drawStrip(strip, visit, draft, left) {
  const earlier = visit.walk.observed.sweeps.map((/** @type {any} */ sweep) => {
    const missing = Math.max(0, (sweep.present ?? 0) - sweep.total);
    return h("li", {}, h("b", { class: "num" }, timeOfDay(sweep.at)), sweep.note && h("span", { class: "dim" }, ` ${sweep.note}`), roomBar(sweep.counts, missing, "sm"));
  });
  const now = h("li", { "aria-current": "step" }, h("b", {}, earlier.length ? "Now" : "First sweep"), roomBar(draft.counts, left, "sm live"));
  fill(strip, ...earlier, now);
}

/** How many are in class: remembered for this class, changed here. @param {Visit} visit */
function presentMenu(visit) {
  const words = h("span", { class: "num" });
  const opener = h("button", { class: "btn quiet", type: "button", popovertarget: "in-class" }, words, icon("down"));
  const one = stepper({ name: "In class", picture: "peer", change: (present) => visit.act("context_set", { present }) });
  const node = menu("in-class", "Students in class today", h("p", { class: "small dim" }, "Remembered for this class. Change it if someone is away."), one.node);
  return {
    opener, node,
    /** @param {number | null} n */
    paint(n) {
      say(words, n ? `${n} in class` : "How many in class?");
      one.set(n ?? 0);
    },
  };
}

/** The sum, the rest of the room, and the offer to correct the class size: all in place. @param {{save: () => void, rest: (category: string) => void, classSize: () => void}} acts */
function sweepDock({ save, rest, classSize }) {
  const leftWords = h("span", { class: "num" });
  const put = h("button", { class: "btn", type: "button", popovertarget: "rest" }, leftWords, icon("down"));
  const more = button("", classSize, { hidden: true });
  const saveWords = h("span", { class: "num" });
  const go = h("button", { class: "btn go grow", type: "button", onclick: save }, saveWords);
  const rows = CATEGORIES.map((/** @type {string} */ c) =>
    h("button", { class: "btn", type: "button", popovertarget: "rest", onclick: () => rest(c) }, h("i", { "data-c": c }), COUNTED[/** @type {"peer"} */ (c)]));
  return {
    menu: menu("rest", "Put the students who are left in", ...rows),
    node: h("div", { class: "sum actions" }, put, more, go),
    /** @param {number} sum @param {number | null} n */
    paint(sum, n) {
      const over = n !== null && sum > n;
      const left = n === null ? 0 : Math.max(0, n - sum);
      say(leftWords, left ? `${left} left: put in` : n === null ? "Class size?" : "None left");
      put.hidden = over;
      mark(put, "popovertarget", n === null ? "in-class" : "rest");
      put.disabled = n !== null && !left;
      more.hidden = !over;
      say(more, `${sum} in class?`);
      say(saveWords, n ? `Save ${sum} of ${n}` : `Save ${sum}`);
      mark(go, "aria-disabled", sum ? null : "true");
    },
  };
}
