// @ts-check
/** Signing out of a device: send what can be sent, ask about the rest, then leave nothing to read. */

import { sendEvents } from "../capture/courier.js";
import { button, fill, h, say } from "../capture/dom.js";
import { Journal } from "../capture/journal.js";
import { Outbox } from "../capture/outbox.js";
import { plural } from "../capture/words.js";
import { deviceOf } from "./key.js";
import { finishTaps, leaveUnsealed, sealAway, whyNot } from "./leave.js";

/** @param {Journal} journal @param {string} device @param {string} person @param {() => void} changed */
const ownOutbox = (journal, device, person, changed) =>
  new Outbox({
    line: { take: (limit) => journal.inState(person, "waiting", limit), settle: (results) => journal.settle(results, Date.now()), count: () => journal.count(person, "waiting") },
    post: (events) => sendEvents(device, person, events),
    changed,
  });

/** What becomes of taps that are not at school yet. @param {number} left @param {string} why they cannot be sealed, or nothing */
function words(left, why) {
  if (why) return `${why} They stay on this device, and somebody who knows how could read them here. They go to school when you sign in here again.`;
  return left === 1
    ? "It stays here sealed: nobody can read it on this device. It goes to school, as yours, when somebody signs in here."
    : "They stay here sealed: nobody can read them on this device. They go to school, as yours, when somebody signs in here.";
}

/** @param {number} left */
const heading = (left) => (left === 1 ? "1 tap is not at school yet" : `${plural(left, "tap")} are not at school yet`);

/**
 * Asks in the place of the button; answers true to sign out, false to wait.
 * @param {HTMLElement} place @param {number} left @param {string} why @returns {Promise<boolean>}
 */
function ask(place, left, why) {
  const title = h("h2", { tabindex: "-1" }, heading(left));
  return new Promise((done) => {
    fill(place, h("section", { class: "card stack tight" }, title, h("p", {}, words(left, why)),
      h("div", { class: "actions" }, button("Wait", () => done(false)), button(why ? "Leave them and sign out" : "Seal them and sign out", () => done(true), { class: "btn go" }))));
    title.focus();
  });
}

/** @param {HTMLElement} place @param {string} told */
const tell = (place, told) => {
  const line = h("p", { class: "small dim", role: "status" });
  fill(place, line);
  say(line, told);
};

/** A browser that keeps nothing has nothing to put away. @param {Journal} journal */
const keeps = (journal) => journal.probe().then(() => true, () => false);

/** Answers whether to sign out now. @param {HTMLElement} place where to speak @param {string} person */
export async function part(place, person) {
  const journal = new Journal();
  if (!(await keeps(journal))) return true;
  const device = await deviceOf(journal);
  await finishTaps(journal, null);
  const outbox = ownOutbox(journal, device, person, () => undefined);
  const before = await journal.count(person, "waiting");
  if (before) {
    tell(place, `Sending ${plural(before, "tap")} to school first`);
    await outbox.now();
  }
  const why = await whyNot(journal);
  const left = await journal.count(person, "waiting");
  if (left && !(await ask(place, left, why))) {
    tell(place, "You are still signed in. This device keeps trying to send.");
    return false;
  }
  outbox.cancel(outbox.timer);
  if (why) await leaveUnsealed(journal);
  else await sealAway(journal, null);
  return true;
}
