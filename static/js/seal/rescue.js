// @ts-check
/** The rescue file: what waits on this device, sealed, to carry to school by hand. It needs no network. */

import { button, h, say } from "../capture/dom.js";
import { plural } from "../capture/words.js";
import { seal } from "./box.js";
import { deviceOf, schoolOf } from "./key.js";
import { parcels, whyNot } from "./leave.js";
import { onTheirWay } from "./shelf.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */

const STATES = /** @type {const} */ (["waiting", "conflict", "refused", "quarantined"]);

/** What the file says. @param {import("./box.js").Sealed[]} sealed */
export const fileText = (sealed) => JSON.stringify({ file: "crosswalk-rescue", version: 1, sealed });

/** @param {Journal} journal @param {string} person */
async function collect(journal, person) {
  const states = await Promise.all(STATES.map((state) => journal.inState(person, state)));
  const [school, device] = [await schoolOf(journal), await deviceOf(journal)];
  if (!school) return { taps: 0, sealed: [] };
  const mine = await Promise.all(parcels(states.flat()).map((parcel) => seal(school, device, parcel)));
  const others = (await onTheirWay(journal)).map(({ sealed }) => sealed);
  return { taps: states.flat().length, sealed: [...mine, ...others] };
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: address, download: `crosswalk-rescue-${new Date().toISOString().slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Hands the person the file, and answers what to tell them. @param {Journal} journal @param {string} person */
export async function rescue(journal, person) {
  const why = await whyNot(journal);
  if (why) return `${why} So no rescue file can be made here. Everything is still on this phone.`;
  const { taps, sealed } = await collect(journal, person);
  if (!sealed.length) return "Nothing waits here, so there is nothing to rescue.";
  download(fileText(sealed));
  const what = taps ? plural(taps, "tap") : "What others left here";
  return `${what} saved to a file, sealed. Bring it in on any computer, under Your account; everything also stays on this phone.`;
}

/** The button, and beside it room for what became of it. @param {Journal} journal @param {string} person @param {...any} beside buttons of the same row */
export function rescueButton(journal, person, ...beside) {
  const said = h("p", { class: "small", role: "status" });
  const save = () => rescue(journal, person).catch(() => "The file could not be made. Everything is still on this phone.").then((words) => say(said, words));
  return h("div", { class: "stack tight" }, h("div", { class: "actions" }, ...beside, button("Save a rescue file", () => void save())), said);
}
