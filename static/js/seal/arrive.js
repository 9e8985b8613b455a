// @ts-check
/** Somebody is signed in on this device: what others left on it is sealed and carried, and their own taps are marked. */

import { markTaps, markWaiting, markWith } from "./mark.js";
import { able, deviceOf, keptKey, keyOf } from "./key.js";
import { sealAway, whyNot } from "./leave.js";
import { carrier, lookBack } from "./shelf.js";

/** @typedef {import("../capture/journal.js").Journal} Journal */

/** Whether somebody else left something that can be read. @param {Journal} journal @param {string} person */
async function othersLeft(journal, person) {
  const key = await keptKey(journal);
  if (key && key.person !== person) return true;
  return (await journal.walks()).some((row) => row.person !== person);
}

/**
 * `ready` gets what marks taps from then on; those kept before are marked at once.
 * @param {Journal} journal @param {string} person
 * @param {{captures?: boolean, changed?: () => void, ready?: (mark: (events: any[]) => void) => void}} [how]
 */
export async function arrive(journal, person, { captures = true, changed, ready } = {}) {
  const device = await deviceOf(journal);
  if ((await othersLeft(journal, person)) && !(await whyNot(journal))) await sealAway(journal, person);
  const carries = carrier(journal, device, changed);
  addEventListener("online", () => void carries.wake());
  if (captures && able()) {
    markWith(await keyOf(journal, device, person).catch(() => null));
    ready?.((events) => void markTaps(journal, events).catch(() => undefined));
    await markWaiting(journal);
  }
  await lookBack(journal).catch(() => undefined);
  await carries.wake();
}
