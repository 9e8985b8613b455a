// @ts-check
/**
 * Phrases that this person writes again and again, learned from the notes that are still on this phone. Nothing
 * is kept for it: where the notes go, as at sign-out, the phrases go with them.
 */

import { answer } from "./journal.js";

const MOST = 5;
const [SHORTEST, LONGEST] = [8, 70];

/** @param {string} text @returns {string[]} */
const parts = (text) => text.split(/[.;!?\n]+/).map((part) => part.trim()).filter((part) => part.length >= SHORTEST && part.length <= LONGEST);

/**
 * What stands in two notes or more, most used first.
 * @param {{note: string, text: string}[]} notes the newest words of each note, oldest first
 * @returns {string[]}
 */
export function learned(notes) {
  /** @type {Map<string, {words: string, notes: Set<string>}>} */
  const uses = new Map();
  for (const { note, text } of notes) {
    for (const words of parts(text)) {
      const key = words.toLowerCase();
      const one = uses.get(key) ?? { words, notes: new Set() };
      one.notes.add(note);
      uses.set(key, one);
    }
  }
  return [...uses.values()].filter((one) => one.notes.size > 1).sort((a, b) => b.notes.size - a.notes.size).map(({ words }) => words);
}

/** What could follow: phrases not yet there that begin as the last words typed do. @param {string[]} phrases @param {string} typed */
export function offered(phrases, typed) {
  const begun = typed.split(/[.;!?\n]+/).at(-1)?.trim().toLowerCase() ?? "";
  const all = typed.toLowerCase();
  return phrases.filter((words) => words.toLowerCase().startsWith(begun) && !all.includes(words.toLowerCase())).slice(0, MOST);
}

/** The text with a phrase in place of the words begun. @param {string} typed @param {string} phrase */
export function completed(typed, phrase) {
  const head = typed.slice(0, typed.length - (typed.match(/[^.;!?\n]*$/)?.[0].length ?? 0)).trimEnd();
  return `${head}${head ? " " : ""}${phrase}. `;
}

/** Every note of this person that is on this phone. @param {import("./journal.js").Journal} journal @param {string} person */
export async function notesHere(journal, person) {
  const entries = await journal.run(["events"], "readonly", (store) => answer(store("events").index("line").getAll(IDBKeyRange.bound([person], [person, []]))));
  const written = entries.map((/** @type {any} */ entry) => entry.event).filter((/** @type {any} */ event) => event.kind === "note_written").sort((/** @type {any} */ a, /** @type {any} */ b) => (a.id < b.id ? -1 : 1));
  return [...new Map(written.map((/** @type {any} */ { data }) => [data.note, data])).values()];
}
