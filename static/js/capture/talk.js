// @ts-check
/** Talk structures and uptake: what makes talk happen, and students answering each other. */

import { button, fill, h, icon, say } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { tapped } from "./haptics.js";
import { menu, unique } from "./parts.js";
import { TALK_STRUCTURES } from "./discourse.js";
import { plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */

/** The list of talk structures, as a menu. @param {Visit} visit @param {string} id */
export function structureMenu(visit, id) {
  const name = h("input", { type: "text", maxlength: 60, "aria-label": "Name of the other structure", placeholder: "Another one, named" });
  const seen = (/** @type {string} */ structure, /** @type {any} */ more = {}) => {
    tapped();
    visit.act("structure_seen", { structure, ...more });
  };
  const rows = Object.entries(TALK_STRUCTURES).filter(([code]) => code !== "other").map(([code, words]) =>
    h("button", { class: "btn", type: "button", popovertarget: id, onclick: () => seen(code) }, words));
  const other = h("button", { class: "btn soft", type: "button", popovertarget: id, onclick: () => {
    seen("other", name.value.trim() ? { name: name.value.trim() } : {});
    name.value = "";
  } }, "Add");
  return menu(id, "Talk structure seen", h("div", { class: "pair" }, ...rows), h("div", { class: "row" }, h("div", { class: "grow" }, name), other));
}

/** The part of Sweep and Check where talk is recorded. @param {Visit} visit */
export function talkSection(visit) {
  const id = unique("structures");
  const seen = h("span", { class: "dim small" });
  const count = h("b", { class: "tally num", "aria-hidden": "true" }, icon("plus"));
  const heard = h("span", { class: "dim small" });
  const uptake = h("button", { class: "btn talk", type: "button", onclick: () => {
    tapped();
    visit.act("uptake_heard", {});
  } }, icon("talk"), h("span", { class: "grow" }, h("b", {}, "A student builds on another’s idea"), heard), count);
  const structure = h("button", { class: "btn talk", type: "button", popovertarget: id }, icon("peer"), h("span", { class: "grow" }, h("b", {}, "Talk structure"), seen), icon("down"));
  const node = h("section", { class: "stack tight", "aria-label": "Talk" }, h("h2", {}, "And the talk"), uptake, structure, structureMenu(visit, id));
  return {
    node,
    update() {
      const { structures, structure_answered, uptakes, uptake_answered } = visit.walk.observed;
      const names = structures.map((/** @type {any} */ s) => (s.structure === "other" && s.name) || TALK_STRUCTURES[/** @type {"other"} */ (s.structure)]);
      say(seen, names.length ? [...new Set(names)].join(", ") : structure_answered ? "None seen" : "None recorded");
      say(heard, uptakes.length ? `${plural(uptakes.length, "time")}, last at ${timeOfDay(uptakes.at(-1)?.at ?? 0)}` : uptake_answered ? "None heard" : "None recorded");
      fill(count, uptakes.length || icon("plus"));
    },
  };
}

/** Which of the two questions still have no answer of any kind. @param {Visit} visit */
export function unasked(visit) {
  const { structures, structure_answered, uptakes, uptake_answered } = visit.walk.observed;
  return { structure: !structures.length && !structure_answered, uptake: !uptakes.length && !uptake_answered };
}

/** The two questions, one at a time, where nothing was recorded: not tapped is not absent. @param {Visit} visit */
export function questions(visit) {
  const id = unique("ask-structures");
  const act = (/** @type {string} */ kind, /** @type {any} */ data) => () => {
    tapped();
    visit.act(kind, data);
  };
  const structure = h("div", { class: "question" }, h("b", {}, "Any talk structure?"),
    h("span", {}, button("None", act("structure_seen", { structure: "none" })), h("button", { class: "btn", type: "button", popovertarget: id }, "Choose", icon("down"))));
  const uptake = h("div", { class: "question" }, h("b", {}, "Anyone building on another’s idea?"),
    h("span", {}, button("No", act("uptake_heard", { none: true })), h("button", { class: "btn", type: "button", onclick: act("uptake_heard", {}) }, "Yes")));
  const node = h("div", { class: "questions", hidden: true }, structure, uptake, structureMenu(visit, id));
  return {
    node,
    /** @param {boolean} due @param {boolean} [both] show the second before the first is answered */
    update(due, both = false) {
      const open = unasked(visit);
      structure.hidden = !open.structure;
      uptake.hidden = !open.uptake || (open.structure && !both);
      node.hidden = !due || (!open.structure && !open.uptake);
    },
  };
}
