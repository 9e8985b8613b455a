// @ts-check
/** About this lesson: what makes a count fair, and what this phone should do during visits. */

import { button, fill, h, icon, mark, say } from "./dom.js";
import { answers, menu, stepper, unique } from "./parts.js";
import { chooseDark, darkVisits } from "./choices.js";
import { MODELS, PHASES } from "./discourse.js";

/** @typedef {import("./visit.js").Visit} Visit */

/** @param {string} label @param {Record<string, string>} options @param {(value: string) => void} change */
function choice(label, options, change) {
  const id = unique("choice");
  const select = h("select", { id }, h("option", { value: "" }, "Not named"), ...Object.entries(options).map(([value, words]) => h("option", { value }, words)));
  select.addEventListener("change", () => change(select.value));
  return { select, node: h("div", { class: "stack tight small" }, h("label", { for: id }, h("b", {}, label)), select) };
}

/** A switch on this phone. @param {string} words @param {() => boolean} is @param {(on: boolean) => void} change */
function toggle(words, is, change) {
  const input = h("input", { type: "checkbox" });
  input.checked = is();
  input.addEventListener("change", () => change(input.checked));
  return h("label", { class: "row tap small" }, h("span", {}, words), input);
}

/** The sheet is empty until it is first opened: a visit should not wait for it. @param {Visit} visit */
export function lessonSheet(visit) {
  const node = menu("lesson", "About this lesson");
  node.classList.add("sheet");
  let update = () => {};
  node.addEventListener("beforetoggle", () => {
    update = lesson(visit, node);
    update();
  }, { once: true });
  return { node, update: () => update() };
}

/** Fills the sheet, and answers what brings it up to date. @param {Visit} visit @param {any} node */
function lesson(visit, node) {
  const set = (/** @type {any} */ data) => visit.act("context_set", data);
  const phase = choice("Part of the lesson", PHASES, (value) => set({ phase: value || null }));
  const model = choice("Blended model", MODELS, (value) => set({ model: value || null }));
  const goal = answers({ legend: "Is discussion a goal of this lesson?", options: { yes: "Yes", no: "Not today" }, choose: (value) => set({ discourse_goal: value !== "no" }) });
  const present = stepper({ name: "Students in class", picture: "peer", change: (n) => set({ present: n }) });
  const minutes = stepper({ name: "Minutes into the lesson", picture: "clock", change: (n) => set({ minutes_in: n }) });
  const later = h("input", { type: "time", id: "planned" });
  later.addEventListener("change", () => set({ planned_talk_at: later.value || null }));
  fill(node,
    h("div", { class: "row" }, h("h2", {}, "About this lesson"), button("Done", () => node.hidePopover(), { class: "btn quiet" })),
    h("p", { class: "small dim" }, visit.purposeWords()),
    present.node, h("div", { class: "pair" }, phase.node, model.node), goal.node,
    h("div", { class: "row small" }, h("label", { for: "planned" }, h("b", {}, "Talk planned later today, at")), h("div", { class: "when" }, later)),
    minutes.node,
    h("div", {}, h("h2", {}, "On this phone"),
      toggle("Dark during visits", darkVisits, chooseDark),
      toggle("Feel each tap", () => visit.choices.haptics, (on) => visit.choose("haptics", on)),
      toggle("Show the time in the room", () => visit.choices.timer, (on) => visit.choose("timer", on))),
  );
  return () => {
    const { context } = visit.walk.observed;
    phase.select.value = context.phase ?? "";
    model.select.value = context.model ?? "";
    goal.set(context.discourse_goal === false ? "no" : "yes");
    present.set(context.present ?? 0);
    minutes.set(context.minutes_in ?? 0);
    if (document.activeElement !== later) later.value = context.planned_talk_at ?? "";
  };
}

/** A button that opens the sheet and says what part of the lesson it is. @param {Visit} visit */
export function lessonOpener(visit) {
  const words = h("span", {});
  const node = h("button", { class: "btn quiet", type: "button", popovertarget: "lesson" }, words, icon("down"));
  return {
    node,
    update() {
      const phase = PHASES[/** @type {"work"} */ (visit.walk.observed.context.phase)] ?? "Lesson";
      say(words, phase);
      mark(node, "aria-label", `About this lesson: ${phase}`);
    },
  };
}
