// @ts-check
/** The field kit: who and what this phone may walk, kept so that a visit can start without a network. */

import { fetchKit } from "./courier.js";

/** @typedef {import("./journal.js").Journal} Journal */

/** @param {any[]} rows @returns {Map<string, any>} */
export const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

/** @param {any} body */
const whole = (body) => Boolean(body?.person?.id && Array.isArray(body.teachers) && Array.isArray(body.look_fors));

/** @param {Journal} journal @returns {Promise<any | null>} */
export async function keptKit(journal) {
  return (await journal.read("kept", "kit"))?.kit ?? null;
}

/**
 * Asks for a newer kit and keeps it.
 * @param {Journal} journal
 * @returns {Promise<{kit: any | null, signedOut: boolean}>} the kit to use; null where there is none yet
 */
export async function freshKit(journal) {
  const kept = await journal.read("kept", "kit");
  try {
    const { status, etag, body } = await fetchKit(kept?.etag);
    if (status === 200 && whole(body)) {
      await journal.write("kept", { kit: body, etag }, "kit");
      return { kit: body, signedOut: false };
    }
    return { kit: kept?.kit ?? null, signedOut: status === 401 && body?.server === "crosswalk" };
  } catch {
    return { kit: kept?.kit ?? null, signedOut: false };
  }
}

/**
 * What was chosen, as far as this kit knows it: a newer one may have come meanwhile.
 * @param {any} kit @param {import("./start.js").Choice} choice @returns {import("./start.js").Choice | null} null: the teacher is out of reach by now
 */
export function chosenFrom(kit, choice) {
  if (!byId(kit.teachers).has(choice.teacher)) return null;
  const [classes, lookFors] = [byId(kit.classes), byId(kit.look_fors)];
  return { ...choice, class: choice.class && classes.has(choice.class) ? choice.class : null, focus: choice.focus.filter((id) => lookFors.has(id)) };
}

/** What a walk keeps of the kit, so that its words stay the ones it was made with. @param {any} kit @param {string} teacher @param {string | null} room */
export function frozen(kit, teacher, room) {
  const person = kit.teachers.find((/** @type {any} */ t) => t.id === teacher);
  const group = kit.classes.find((/** @type {any} */ c) => c.id === room);
  return {
    teacher: person,
    class: group ?? null,
    time_zone: kit.district?.time_zone ?? "",
    framework: kit.framework,
    sets: kit.sets.map((/** @type {any} */ set) => ({ id: set.id, name: set.name, version: set.version })),
    look_fors: kit.look_fors,
    thresholds: kit.discourse?.thresholds ?? {},
  };
}
