// @ts-check
/** Rooms by their four letters: what somebody typed or a camera read, found among the rooms this phone knows. */

import { button, fill, h, hidden, icon, mark } from "./dom.js";
import { unique } from "./parts.js";

/** @typedef {{code: string, school: string, room: string, classes: string[]}} Room */

const LETTERS = 4;
/** Letters and digits no code has, and the letters they are taken for. @type {Record<string, string>} */
const LOOKS_LIKE = { 0: "DQ", O: "DQC", 1: "JT", I: "JT", L: "J", 2: "Z", S: "Z", 3: "B", 8: "B", E: "BF", 5: "Z", 6: "G", 9: "G", 7: "T", 4: "H", A: "RH", U: "VJ", Y: "VX" };

/** Only letters and digits, in capitals. @param {string} typed */
const plain = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** @param {string} code @param {string} typed */
const reads = (code, typed) => typed.length === LETTERS && [...typed].every((sign, i) => sign === code[i] || LOOKS_LIKE[sign]?.includes(code[i]));

/**
 * The room of a code. Signs that no code has are forgiven where only one room can be meant.
 * @param {any} kit @param {string} typed @returns {Room | null}
 */
export function roomOf(kit, typed) {
  const wanted = plain(typed);
  /** @type {Room[]} */
  const rooms = kit.rooms ?? [];
  const like = rooms.filter((room) => reads(room.code, wanted));
  return rooms.find((room) => room.code === wanted) ?? (like.length === 1 ? like[0] : null);
}

/** What somebody reads when the letters lead nowhere. @param {string} typed */
export function unknownRoom(typed) {
  const letters = plain(typed);
  if (letters.length !== LETTERS) return "A room code has four letters. They stand on the card beside the door.";
  return `This phone knows no room with the code ${letters}. With a network, fetch the rooms again; if that does not help, ask for a new card.`;
}

/** Every teacher of a room with each class there, as far as this person may visit them. @param {any} kit @param {Room} room */
export function lessons(kit, room) {
  const here = kit.classes.filter((/** @type {any} */ one) => room.classes.includes(one.id));
  return here.flatMap((/** @type {any} */ one) => kit.teachers
    .filter((/** @type {any} */ teacher) => one.teachers.includes(teacher.id))
    .map((/** @type {any} */ teacher) => ({ teacher, class: one })));
}

/**
 * The field for four letters. `open` takes what was typed, and says whether it led to a room.
 * @param {{open: (typed: string) => boolean, again: (typed: string) => void}} parts
 */
export function roomField({ open, again }) {
  const id = unique("room");
  const input = h("input", { id, type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", enterkeyhint: "go", maxlength: 8, "aria-describedby": `${id}-said` });
  const said = h("div", { id: `${id}-said`, class: "stack tight", role: "status" });

  /** @param {string} typed */
  function missed(typed) {
    input.value = typed;
    mark(input, "aria-invalid", "true");
    fill(said, h("p", { class: "small" }, icon("flag"), ` ${unknownRoom(typed)}`), plain(typed).length === LETTERS && button("Fetch the rooms again", () => again(typed), { class: "btn small" }));
  }

  function look() {
    fill(said);
    mark(input, "aria-invalid", null);
    if (!open(input.value)) missed(input.value);
  }

  const node = h("form", { class: "stack tight", onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    look();
  } }, h("h2", {}, h("label", { for: id }, "Room code")), h("div", { class: "with" }, input, h("button", { class: "btn", type: "submit" }, "Open", hidden(" the room"))), said);
  return { node, missed };
}
