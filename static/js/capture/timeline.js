// @ts-check
/** Everything recorded in this visit, newest first, each with its own way to take it back. */

import { button, fill, h, hidden } from "./dom.js";
import { timeOfDay } from "./clock.js";
import { deed } from "./deeds.js";
import { plate, roomBar } from "./parts.js";
import { ASK_ANSWERS } from "./fold.js";

/** @typedef {import("./visit.js").Visit} Visit */
/** @typedef {import("./journal.js").Event} Event */

/** What stands in one row. @param {Visit} visit @param {Event} event @returns {any[]} */
function body(visit, event) {
  const { data } = event;
  const [title, detail] = deed(visit, event);
  if (event.kind.startsWith("look_for_")) {
    const again = event.kind === "look_for_counted" ? "Seen again" : data.mark === "seen" ? null : detail.split(",")[0];
    return [plate(visit.lookFor(data.look_for)?.plate ?? "?"), ` ${title}`, again && h("p", { class: "dim" }, again)];
  }
  if (event.kind === "sweep_taken") {
    const sweep = visit.walk.observed.sweeps.find((/** @type {any} */ s) => s.event === event.id);
    const left = Math.max(0, (sweep?.present ?? 0) - (sweep?.total ?? 0));
    return [h("b", {}, `Sweep ${sweep?.number ?? ""}`), roomBar(data.counts, left), sweep?.note && h("p", { class: "dim" }, sweep.note)];
  }
  if (event.kind === "student_asked") {
    const said = ["now", "going", "how"].filter((key) => data[key]).map((key) => `${key} ${ASK_ANSWERS[/** @type {"clear"} */ (data[key])].toLowerCase()}`);
    if (data.classmate) said.push(data.classmate === "yes" ? "talked with a classmate" : "no talk with a classmate");
    return [h("b", {}, `Student ${data.student}`), h("p", { class: "dim" }, said.join(" · ")), data.quote && h("p", { class: "said" }, `“${data.quote}”`)];
  }
  if (event.kind === "note_written") {
    const tags = [{ teacher: "Teacher", student: "Student" }[/** @type {"teacher"} */ (data.speaker)], { strength: "For a strength", step: "For the next step", question: "For the question" }[/** @type {"step"} */ (data.slot)]].filter(Boolean);
    const plates = data.look_fors.map((/** @type {string} */ id) => plate(visit.lookFor(id)?.plate ?? "?"));
    return [...plates, h("p", { class: "said" }, data.text), tags.length > 0 && h("p", { class: "dim" }, tags.join(" · "))];
  }
  return [h("b", {}, title), h("p", { class: "dim" }, detail)];
}

/** Only the newest word on each student and each note stands in the line; older ones come back when it is taken back. @param {Event[]} actions */
function standing(actions) {
  const seen = new Set();
  return [...actions].reverse().filter((event) => {
    const key = event.kind === "student_asked" ? event.data.student : event.kind === "note_written" ? event.data.note : event.id;
    return !seen.has(key) && seen.add(key);
  });
}

/** @param {Visit} visit @param {(note: any) => void} edit */
export function timeline(visit, edit) {
  const list = h("ol", { class: "tl", reversed: true });
  const none = h("p", { class: "dim small" }, "Nothing yet. What you mark, count and write will stand here with its time.");
  /** @type {Map<string, any>} */
  const rows = new Map();

  /** @param {Event} event @param {number} number */
  function row(event, number) {
    const [title] = deed(visit, event);
    const back = button("Undo", () => visit.undo(event.id), { class: "btn quiet", "aria-label": `Undo: ${title}, ${timeOfDay(event.at)}` });
    const change = event.kind === "note_written" && button("Edit", () => edit(event.data), { class: "btn quiet", "aria-label": `Edit the note of ${timeOfDay(event.at)}` });
    return h("li", {}, h("time", {}, timeOfDay(event.at)), h("span", { class: "ref" }, hidden("Evidence "), number),
      h("div", { class: "small" }, h("div", { class: "grow" }, ...body(visit, event)), change, back));
  }

  return {
    node: h("section", { class: "stack tight", "aria-labelledby": "so-far" },
      h("div", { class: "row" }, h("h2", { id: "so-far" }, "So far"), h("span", { class: "small dim" }, "newest first")), none, list),
    update() {
      const events = standing(visit.walk.actions());
      const key = (/** @type {Event} */ e, /** @type {number} */ i) => `${e.id} ${events.length - i}`;
      const keys = events.map(key);
      if (keys.join() === [...rows.keys()].join()) return;
      const before = new Map(rows);
      rows.clear();
      events.forEach((event, i) => rows.set(keys[i], before.get(keys[i]) ?? row(event, events.length - i)));
      fill(list, ...rows.values());
      none.hidden = events.length > 0;
    },
  };
}
