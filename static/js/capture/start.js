// @ts-check
/** Starting a visit: whom, which class, what for; two taps where the due list already knows. */

import { button, fill, h, icon, mark, say } from "./dom.js";
import { answers } from "./parts.js";
import { PURPOSES } from "./fold.js";
import { lessons, roomField, roomOf } from "./rooms.js";
import { plural } from "./words.js";

/** @typedef {{teacher: string, class: string | null, purpose: string, focus: string[]}} Choice */

const MOST_FOCUS = 12;

/** A day in words: October 1. @param {string} date */
const day = (date) => new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(new Date(date));

/** @param {any} one */
const classWords = (one) => [one.name, one.period && `Period ${one.period}`, one.room && `Room ${one.room}`].filter(Boolean).join(", ");

/**
 * @param {any} kit @param {{begin: (choice: Choice) => void, open: any[], resume: (id: string) => void, teacher: string | null, room?: string | null, again?: (typed: string) => void}} parts
 * `room` is a room’s four letters; `again` asks for a newer kit and comes back with what was typed
 */
export function startScreen(kit, { begin, open, resume, teacher, room: code = null, again = () => undefined }) {
  const classes = new Map(kit.classes.map((/** @type {any} */ c) => [c.id, c]));
  const teachers = new Map(kit.teachers.map((/** @type {any} */ t) => [t.id, t]));
  const search = h("input", { type: "search", "aria-label": "Find a teacher", placeholder: "Find a teacher", enterkeyhint: "search", autocomplete: "off" });
  const found = h("ul", { class: "card kv", hidden: true });
  const lists = h("div", { class: "stack" });
  const chosen = h("div", { class: "stack", hidden: true });
  const dock = h("div", { class: "sum actions", hidden: true });
  const inRoom = h("section", { class: "stack tight", hidden: true });
  const letters = roomField({ open: enter, again });
  const node = h("div", { class: "stack" }, openVisits(open, resume), chosen, inRoom, lists);

  /** @param {any} person @param {string | null} room @param {string} because @param {string | null} [purpose] what was planned */
  function row(person, room, because, purpose = null) {
    const about = [room && classes.has(room) && classWords(classes.get(room)), because].filter(Boolean).join(" · ");
    return h("li", {}, h("button", { class: "pick", type: "button", onclick: () => choose(person.id, room, purpose) },
      h("span", {}, h("b", {}, person.name), about && h("span", { class: "small dim" }, about)), icon("next")));
  }

  /** @param {string} title @param {any[]} rows */
  const list = (title, rows) => rows.length > 0 && h("section", { class: "stack tight" }, h("h2", {}, title), h("ul", { class: "card kv" }, ...rows));

  function drawLists() {
    const due = kit.due.filter((/** @type {any} */ d) => teachers.has(d.teacher)).map((/** @type {any} */ d) => row(teachers.get(d.teacher), d.class, d.because, d.purpose));
    const recent = kit.teachers.filter((/** @type {any} */ t) => t.last_visit).sort((/** @type {any} */ a, /** @type {any} */ b) => (a.last_visit < b.last_visit ? 1 : -1)).slice(0, 5);
    fill(lists, list("Due", due.slice(0, 6)), h("section", { class: "stack tight" }, h("h2", {}, "Anyone"), search, found), letters.node,
      list("Visited lately", recent.map((/** @type {any} */ t) => row(t, null, `Last visit ${day(t.last_visit)}`))));
    if (!kit.teachers.length) fill(lists, h("p", { class: "notice" }, "No teacher is in your reach yet. An administrator can add schools and people under People."));
  }

  search.addEventListener("input", () => {
    const query = search.value.trim().toLowerCase();
    const hits = query ? kit.teachers.filter((/** @type {any} */ t) => t.name.toLowerCase().includes(query)) : [];
    found.hidden = !query;
    fill(found, ...(hits.length ? hits.slice(0, 12).map((/** @type {any} */ t) => row(t, null, schoolOf(kit, t))) : [h("li", { class: "dim small" }, "No teacher in your reach has this name.")]));
  });

  /** Shows who teaches in a room; where only one class meets there, it is chosen. @param {string} typed */
  function enter(typed) {
    const room = roomOf(kit, typed);
    if (!room) return false;
    const here = lessons(kit, room);
    const title = h("h2", { tabindex: "-1" }, room.room);
    fill(inRoom, title, here.length
      ? h("ul", { class: "card kv" }, ...here.map((/** @type {any} */ one) => row(one.teacher, one.class.id, "")))
      : h("p", { class: "notice" }, "Nobody whom you visit teaches here."));
    inRoom.hidden = false;
    if (here.length === 1) choose(here[0].teacher.id, here[0].class.id);
    else {
      title.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    return true;
  }

  /** @param {string} id @param {string | null} room @param {string | null} [purpose] */
  function choose(id, room, purpose = null) {
    const form = choiceForm(kit, teachers.get(id), room, purpose, begin);
    fill(chosen, form.node, button("Someone else", () => show(false), { class: "btn quiet" }));
    fill(dock, form.go);
    show(true);
    form.go.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** @param {boolean} one */
  function show(one) {
    [chosen.hidden, lists.hidden, dock.hidden] = [!one, one, !one];
    inRoom.hidden = one || !inRoom.childElementCount;
  }

  drawLists();
  const expected = kit.due.find((/** @type {any} */ d) => d.teacher === teacher);
  if (teacher && teachers.has(teacher)) choose(teacher, expected?.class ?? null, expected?.purpose);
  if (code !== null && !enter(code)) letters.missed(code);
  return { node, dock };
}

/** @param {any} kit @param {any} teacher */
const schoolOf = (kit, teacher) => kit.schools.find((/** @type {any} */ s) => s.id === teacher.school)?.name ?? "";

/** @param {any[]} open @param {(id: string) => void} resume */
function openVisits(open, resume) {
  if (!open.length) return null;
  return h("ul", { class: "card kv" }, ...open.map((row) => h("li", {},
    h("span", {}, h("b", {}, row.form.teacher?.name ?? "A visit"), h("span", { class: "small dim" }, " is still open")), button("Resume", () => resume(row.id), { class: "btn soft" }))));
}

/** @param {any} kit @param {any} person @param {string | null} room @param {string | null} planned @param {(choice: Choice) => void} begin */
function choiceForm(kit, person, room, planned, begin) {
  const classes = kit.classes.filter((/** @type {any} */ c) => c.teachers.includes(person.id));
  const purposes = (person.purposes ?? kit.purposes).filter((/** @type {string} */ p) => p in PURPOSES);
  const offered = focusSets(kit, person);
  /** @type {Choice} */
  const choice = { teacher: person.id, class: room ?? classes[0]?.id ?? null, purpose: purposes.find((/** @type {string} */ p) => p === planned) ?? purposes[0] ?? "walkthrough", focus: [...new Set([...(person.focus ?? []), ...offered[0].look_fors])].slice(0, MOST_FOCUS) };
  const which = classList(classes, choice);
  const purpose = answers({ legend: "What for", options: Object.fromEntries(purposes.map((/** @type {string} */ p) => [p, PURPOSES[/** @type {"self"} */ (p)]])), choose: (value) => {
    choice.purpose = value ?? choice.purpose;
    purpose.set(choice.purpose);
  } });
  purpose.set(choice.purpose);
  const go = button("Start", () => {
    go.disabled = true;
    begin(choice);
  }, { class: "btn go grow" }, "play");
  const node = h("section", { class: "stack" },
    h("div", {}, h("h2", { class: "name" }, person.name), h("p", { class: "small dim" }, schoolOf(kit, person))),
    person.wish && h("p", { class: "notice" }, icon("eye"), h("span", {}, h("b", {}, "Please look at: "), person.wish)),
    person.last_step && h("p", { class: "notice" }, icon("sprout"), h("span", {}, h("b", {}, "Last step: "), person.last_step)),
    which, purposes.length > 1 ? purpose.node : h("p", { class: "small dim with" }, icon("lock"), `A ${PURPOSES[/** @type {"self"} */ (choice.purpose)].toLowerCase()}.`),
    purposes.length > 1 && h("p", { class: "small dim" }, "What it is for is fixed once the visit starts."),
    focusList(kit, choice, offered));
  return { node, go };
}

/** The focus sets in season for visits to this teacher, nearest first; last what every visit may start with. @param {any} kit @param {any} person @returns {any[]} */
const focusSets = (kit, person) => [
  ...(kit.focus_sets ?? []).filter((/** @type {any} */ f) => (!f.teacher || f.teacher === person.id) && (!f.school || f.school === person.school)),
  { name: "As marked in the sets", look_fors: kit.focus },
];

/** @param {any[]} classes @param {Choice} choice */
function classList(classes, choice) {
  if (!classes.length) return h("p", { class: "small dim" }, "No class is listed for this teacher. The visit can start without one.");
  const rows = classes.map((one) => {
    const input = h("input", { type: "radio", name: "class", value: one.id, checked: one.id === choice.class });
    input.addEventListener("change", () => (choice.class = one.id));
    return h("label", { class: "btn" }, input, h("span", {}, classWords(one)));
  });
  return h("fieldset", { class: "ask column" }, h("legend", {}, "Class"), h("div", {}, ...rows));
}

/** @param {any} kit @param {Choice} choice @param {any[]} offered */
function focusList(kit, choice, offered) {
  const title = h("span", {});
  let name = offered.length > 1 ? offered[0].name : "";
  const paint = () => say(title, `Focus: ${name ? `${name}, ` : ""}${plural(choice.focus.length, "look-for")}`);
  const full = () => choice.focus.length >= MOST_FOCUS;
  /** @type {Map<string, any>} */
  const inputs = new Map();
  const limit = () => {
    for (const one of inputs.values()) one.disabled = full() && !one.checked;
    paint();
  };
  const boxes = kit.look_fors.map((/** @type {any} */ lookFor) => {
    const input = h("input", { type: "checkbox", checked: choice.focus.includes(lookFor.id) });
    input.addEventListener("change", () => {
      choice.focus = input.checked ? [...choice.focus, lookFor.id] : choice.focus.filter((id) => id !== lookFor.id);
      limit();
    });
    inputs.set(lookFor.id, input);
    return h("li", {}, h("label", { class: "row tap small" }, h("span", {}, h("span", { class: "plate" }, lookFor.plate), ` ${lookFor.statement}`), input));
  });
  const which = answers({ legend: "Which focus", options: Object.fromEntries(offered.map((f, at) => [String(at), f.name])), choose: (at) => {
    const one = offered[Number(at ?? 0)];
    [name, choice.focus] = [one.name, one.look_fors.slice(0, MOST_FOCUS)];
    for (const [id, input] of inputs) input.checked = choice.focus.includes(id);
    which.set(String(at ?? 0));
    limit();
  } });
  which.set("0");
  limit();
  mark(title, "aria-live", "polite");
  return h("details", { class: "group" }, h("summary", {}, icon("flag"), title, icon("down")), offered.length > 1 && which.node, h("p", { class: "small dim" }, `Up to ${MOST_FOCUS}. They stand first on the screen.`), h("ul", {}, ...boxes));
}
