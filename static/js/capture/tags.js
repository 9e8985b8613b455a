// @ts-check
/** What a note goes with: the last two look-fors marked at hand, any other behind one button and a search. */

import { button, fill, h } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { haystack } from "./lookfors.js";
import { answers, menu, plate } from "./parts.js";

/** @typedef {import("./visit.js").Visit} Visit */

const NEAR = 2;
const SHOWN = 12;

/** @param {any} lookFor */
const short = (lookFor) => lookFor?.plate || lookFor?.key || "Look-for";

/** Its first words. @param {any} lookFor */
const opening = (lookFor) => lookFor?.statement ? `${lookFor.statement.split(" ").slice(0, 3).join(" ")}…` : "";

/** Look-fors in the order they were last marked, newest first. @param {Visit} visit @returns {Map<string, string>} id to the time */
function marked(visit) {
  const found = new Map();
  for (const event of [...visit.walk.actions()].reverse()) {
    const id = event.kind.startsWith("look_for_") ? event.data.look_for : null;
    if (id && !found.has(id)) found.set(id, timeOfDay(event.at));
  }
  return found;
}

/** @param {Visit} visit @param {(id: string) => void} choose */
export function tags(visit, choose) {
  const asks = h("div", {});
  const others = otherLookFors(visit, choose);
  const more = button("Another look-for", () => undefined, { class: "btn soft", popovertarget: "tags" }, "find");
  const node = h("div", { class: "stack tight" }, asks, h("div", { class: "actions" }, more), others.node);
  /** @type {ReturnType<typeof answers> | null} */
  let goesWith = null;
  let shown = "";
  return {
    node,
    /** What a note goes with where nobody chose: the look-for marked last. */
    nearest: () => [...marked(visit).keys()][0] ?? "none",
    /** @param {string} chosen a look-for, or none */
    paint(chosen) {
      const times = marked(visit);
      const near = [...times.keys()].slice(0, NEAR);
      const ids = chosen === "none" || near.includes(chosen) ? near : [chosen, ...near].slice(0, NEAR);
      const codes = ids.map((id) => short(visit.lookFor(id)));
      // several look-fors may stand under one component: then their first words tell them apart
      const same = new Set(codes).size < codes.length;
      const more = (/** @type {string} */ id) => (same ? opening(visit.lookFor(id)) : times.get(id));
      const options = Object.fromEntries(ids.map((id, at) => [id, [codes[at], more(id)].filter(Boolean).join(same ? " " : ", ")]));
      const key = JSON.stringify(options);
      if (key !== shown) {
        shown = key;
        goesWith = answers({ legend: "Goes with", options: { ...options, none: "Nothing" }, choose: (value) => choose(value ?? "none") });
        fill(asks, goesWith.node);
      }
      goesWith?.set(chosen);
    },
  };
}

/** Floats above the dock: what was marked, newest first, or what the search finds. @param {Visit} visit @param {(id: string) => void} choose */
function otherLookFors(visit, choose) {
  const list = h("ul", { class: "kv" });
  const search = h("input", { type: "search", "aria-label": "Find a look-for for this note", placeholder: "Find a look-for", enterkeyhint: "search", autocomplete: "off" });
  const node = menu("tags", "The look-for this note goes with", list, search);
  node.classList.add("sheet", "found");

  /** @param {any} lookFor @param {string} [time] */
  const row = (lookFor, time) => h("li", {}, h("button", { class: "pick", type: "button", onclick: () => {
    node.hidePopover();
    choose(lookFor.id);
  } }, h("span", {}, plate(lookFor.plate), ` ${lookFor.statement}`), time && h("span", { class: "small dim" }, time)));

  function draw() {
    const query = search.value.trim().toLowerCase();
    const times = marked(visit);
    const known = query ? visit.lookFors : [...times.keys()].map((id) => visit.lookFor(id)).filter(Boolean);
    const hits = known.filter((/** @type {any} */ one) => haystack(visit, one).includes(query)).slice(0, SHOWN);
    const nothing = query ? "No look-for has these words." : "Nothing is marked yet. Type a word or a code to find any look-for.";
    fill(list, ...(hits.length ? hits.map((/** @type {any} */ one) => row(one, times.get(one.id))) : [h("li", { class: "dim small" }, nothing)]));
  }

  search.addEventListener("input", draw);
  node.addEventListener("toggle", (/** @type {any} */ { newState }) => {
    if (newState === "closed") search.value = "";
    draw();
  });
  return { node };
}
