// @ts-check
/** Topics: all on the same one, or how many students are on each. */

import { button, fill, h, say } from "./dom.js";
import { tapped } from "./haptics.js";
import { stepper } from "./parts.js";
import { plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */
/** @typedef {{groups: number[], alone: number, open: boolean}} Draft */

/** @returns {Draft} */
const blank = () => ({ groups: [0, 0], alone: 0, open: false });

/** @param {Draft} draft */
const sizes = ({ groups, alone }) => [...groups.filter((n) => n > 0), ...Array(alone).fill(1)].sort((a, b) => b - a);

/** @param {Visit} visit */
export async function topicsSection(visit) {
  /** @type {Draft} */
  let draft = (await visit.draft("topics")) ?? blank();
  const kept = h("span", { class: "small dim" });
  const rows = h("div", {});
  const placed = h("p", { class: "small dim" });
  /** @type {ReturnType<typeof stepper>[]} */
  let steppers = [];
  const alone = stepper({ name: "Each on a topic of their own", picture: "person", change: (n) => change(() => (draft.alone = n)) });
  const keep = button("Keep these topics", save, { class: "btn grow" });
  const several = h("div", { class: "stack tight", hidden: true }, rows, alone.node, placed, h("div", { class: "actions" }, keep));
  const same = button("All the same", () => everyone(), { class: "btn grow" });
  const open = button("Several groups", () => change(() => (draft.open = !draft.open)), { class: "btn grow", "aria-expanded": "false" });
  const node = h("section", { class: "stack tight", "aria-label": "Topics" },
    h("div", { class: "row" }, h("h2", {}, "And the topics"), kept), h("div", { class: "actions" }, same, open), several);

  /** @param {() => void} act */
  function change(act) {
    act();
    if (draft.groups.at(-1)) draft.groups.push(0);
    void visit.keepDraft("topics", draft);
    paint();
  }

  /** @param {number[]} all */
  function record(all) {
    tapped();
    draft = blank();
    visit.act("topics_grouped", { sizes: all }, { drop: visit.draftKey("topics") });
    paint();
  }

  /** All on the same topic: as many as are in class. */
  function everyone() {
    const n = visit.present() ?? visit.walk.observed.sweeps.at(-1)?.total;
    if (n) record([n]);
    else visit.say("How many are in class?", "Set it above, then tap again");
  }

  function save() {
    if (sizes(draft).length) record(sizes(draft));
  }

  function rowsFor() {
    while (steppers.length < draft.groups.length) {
      const i = steppers.length;
      steppers.push(stepper({ name: `Group ${i + 1}, same topic`, picture: "topics", change: (n) => change(() => (draft.groups[i] = n)) }));
      rows.append(steppers[i].node);
    }
    if (steppers.length > draft.groups.length) {
      steppers = steppers.slice(0, draft.groups.length);
      fill(rows, ...steppers.map((s) => s.node));
    }
    steppers.forEach((one, i) => one.set(draft.groups[i]));
  }

  function paint() {
    rowsFor();
    alone.set(draft.alone);
    several.hidden = !draft.open;
    open.setAttribute("aria-expanded", String(draft.open));
    const all = sizes(draft);
    const n = visit.present();
    say(placed, `${plural(all.length, "topic")}, ${all.reduce((a, b) => a + b, 0)}${n ? ` of ${n}` : ""} students placed`);
    keep.setAttribute("aria-disabled", String(!all.length));
    say(kept, told(visit.walk.observed.topics));
  }

  paint();
  return { node, update: paint };
}

/** @param {any} topics */
function told(topics) {
  if (!topics?.sizes?.length) return "None recorded";
  const largest = Math.max(...topics.sizes);
  return topics.sizes.length === 1 ? `All the same, ${largest}` : `${topics.sizes.length} topics, largest ${largest}`;
}
