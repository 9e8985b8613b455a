// @ts-check
/** The look-fors outside the focus, folded by Core Four or by the district's own standards. */

import { afterPaint, h, icon, say } from "./dom.js";
import { menu } from "./parts.js";

/** @typedef {import("./visit.js").Visit} Visit */

const CORE_FOUR = [
  ["flexible", "Flexible content and tools", "sliders"],
  ["targeted", "Targeted instruction", "target"],
  ["reflection", "Reflection and ownership", "compass"],
  ["data", "Data-driven decisions", "fork"],
];
const PROTECTS = { key: "protects", name: "Talk worth protecting", picture: "talk" };
const WATCH_OUT = { key: "watch_out", name: "Watch-outs", picture: "ask" };
const MORE = { key: "more", name: "More look-fors", picture: "walk" };

/** @param {any} lookFor */
function coreGroup(lookFor) {
  if (lookFor.role === "watch_out") return WATCH_OUT;
  const found = CORE_FOUR.find(([key]) => key === lookFor.core_four);
  if (found) return { key: found[0], name: found[1], picture: found[2] };
  return lookFor.role === "protects" ? PROTECTS : MORE;
}

/** The domain over a look-for's first component. @param {Visit} visit @param {any} lookFor */
function standardGroup(visit, lookFor) {
  if (lookFor.role === "watch_out") return WATCH_OUT;
  let component = visit.components.get(lookFor.components?.[0]);
  for (let i = 0; component?.parent && i < 9; i += 1) component = visit.components.get(component.parent);
  return component ? { key: component.id, name: component.name, picture: "walk" } : MORE;
}

/** @param {Visit} visit @param {any[]} lookFors @param {string} by */
function sorted(visit, lookFors, by) {
  const place = new Map([...visit.components.keys()].map((id, i) => [id, i]));
  const core = new Map([...CORE_FOUR.map(([key]) => key), "protects", "more", "watch_out"].map((key, i) => [key, i]));
  /** @type {Map<string, {key: string, name: string, picture: string, members: any[]}>} */
  const groups = new Map();
  for (const lookFor of lookFors) {
    const group = by === "standard" ? standardGroup(visit, lookFor) : coreGroup(lookFor);
    if (!groups.has(group.key)) groups.set(group.key, { ...group, members: [] });
    groups.get(group.key)?.members.push(lookFor);
  }
  const at = (/** @type {string} */ key) => place.get(key) ?? 1000 + (core.get(key) ?? 99);
  const first = (/** @type {any} */ l) => place.get(l.components?.[0]) ?? 1000;
  const inOrder = [...groups.values()].sort((a, b) => at(a.key) - at(b.key));
  if (by === "standard") for (const group of inOrder) group.members.sort((a, b) => first(a) - first(b));
  return inOrder;
}

/**
 * @param {Visit} visit @param {any[]} lookFors @param {(lookFor: any) => Element} make @param {() => void} redrawn
 */
export function grouped(visit, lookFors, make, redrawn) {
  const holder = h("div", {});
  const label = h("span", {});
  /** @type {{group: any, details: any, list: any, tag: any, nodes: any[]}[]} */
  let shown = [];
  const wide = matchMedia("(min-width: 48rem)").matches;
  /** @type {Map<string, any> | null} chips are made once and only moved, so that their state goes with them */
  let chips = null;
  const made = () => new Map(lookFors.map((l) => [l.id, make(l)]));
  const members = (/** @type {any} */ group) => (chips ? group.members.map((/** @type {any} */ l) => chips?.get(l.id)) : []);

  /** On a phone the groups are folded: what is in them comes after the first paint. */
  function whole() {
    if (chips) return;
    chips = made();
    for (const one of shown) one.list.append(...(one.nodes = members(one.group)));
    redrawn();
  }

  function draw() {
    const by = visit.choices.grouping;
    const marks = new Set(visit.walk.observed.marks.map((/** @type {any} */ m) => m.look_for));
    say(label, by === "standard" ? "By standard" : "By Core Four");
    shown = sorted(visit, lookFors, by).map((group) => {
      const tag = h("span", { class: "tag", hidden: true });
      const nodes = members(group);
      const list = h("ul", { class: "chips" }, ...nodes);
      const summary = h("summary", {}, icon(group.picture), h("span", {}, group.name), tag, icon("down"));
      const details = h("details", { class: "group" }, summary, list);
      details.open = wide && !group.members.some((l) => marks.has(l.id));
      return { group, details, list, tag, nodes };
    });
    holder.replaceChildren(...shown.map(({ details }) => details));
  }

  const choose = (/** @type {string} */ by) => () => {
    visit.choose("grouping", by);
    draw();
    redrawn();
  };
  const options = [["core", "By Core Four"], ["standard", "By the standards of " + (visit.walk.form.framework?.name ?? "the framework")]];
  const pick = menu("grouping", "Group look-fors", ...options.map(([by, words]) =>
    h("button", { class: "btn", type: "button", popovertarget: "grouping", onclick: choose(by) }, words)));
  const head = h("div", { class: "row" }, h("h2", {}, "All other look-fors"),
    h("button", { class: "btn quiet", type: "button", popovertarget: "grouping" }, label, icon("down")));
  if (wide) chips = made();
  draw();
  afterPaint(whole);
  return {
    whole,
    node: h("div", { class: "stack tight" }, head, holder, pick),
    /** @param {Map<string, any>} marks */
    update(marks) {
      for (const { group, tag } of shown) {
        const n = group.members.filter((/** @type {any} */ l) => marks.get(l.id)?.mark === "seen").length;
        tag.hidden = !n;
        say(tag, n ? `${n} seen` : "");
      }
    },
    /** @param {string} query */
    filter(query) {
      head.hidden = Boolean(query);
      for (const { details, nodes } of shown) {
        const any = nodes.some((node) => !node.hidden);
        details.hidden = Boolean(query) && !any;
        details.open = query ? any : wide;
      }
    },
  };
}
