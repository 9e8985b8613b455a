/** Shows what waits on this phone, visit by visit, sends it, and keeps the phone ready for the next visit. */
import { timeOfDay } from "../capture/clock.js";
import { sendEvents } from "../capture/courier.js";
import { button, fill, h, say } from "../capture/dom.js";
import { Journal } from "../capture/journal.js";
import { freshKit } from "../capture/kit.js";
import { Outbox } from "../capture/outbox.js";
import { syncLine } from "../capture/status.js";
import { unsent, waitingWords } from "../capture/unsent.js";
import { keepReady } from "../capture/worker.js";
import { plural } from "../capture/words.js";
import { arrive } from "../seal/arrive.js";
import { deviceOf } from "../seal/key.js";
import { rescueButton } from "../seal/rescue.js";
import { onTheirWay } from "../seal/shelf.js";

/** @typedef {import("../capture/unsent.js").Share} Share */

/** @param {Share} share @param {Outbox} outbox */
function state({ waiting, troubled }, outbox) {
  if (waiting && outbox.phase === "sending") return { s: "device", picture: "send", words: `Sending ${plural(waiting, "tap")}` };
  if (waiting) return { s: "device", picture: "phone", words: `Saved on this phone: ${plural(waiting, "tap")}` };
  if (troubled.length) return { s: "help", picture: "flag", words: troubled.find(Boolean) || `${plural(troubled.length, "tap")} kept for repair` };
  return { s: "sent", picture: "cloud", words: `Safe at school, ${timeOfDay(outbox.safeAt ?? Date.now())}` };
}

/** @param {Share} share @param {Outbox} outbox */
function row(share, outbox) {
  const line = syncLine();
  line.show(state(share, outbox));
  return h("li", {}, h("b", {}, share.name), line.line, share.troubled.length > 0 && !share.waiting && h("a", { class: "btn", href: "/repairs" }, "See what to do", h("span", { class: "vh" }, ` about ${share.name}`)));
}

/** @param {Outbox} outbox */
function trouble({ phase, reason, left }) {
  if (!left) return null;
  if (phase === "signed_out") return h("p", {}, h("a", { href: "/sign-in" }, `Sign in to send ${plural(left, "tap")}`));
  if (phase === "stopped" && reason) return h("p", {}, reason);
  return phase === "waiting" ? h("p", { class: "small dim" }, "The school cannot be reached. This phone tries again by itself.") : null;
}

/** The card and what it shows now: visits stay in it until the page is left, so that arriving is seen. @param {HTMLElement} place @param {Journal} journal @param {Outbox} outbox */
function card(place, journal, outbox) {
  /** @type {Map<string, Share>} */
  const known = new Map();
  const age = h("p", { class: "small dim" });
  const said = h("div", { role: "status", "aria-label": "What is on its way" });
  const list = h("ul", { class: "kv" });
  const sealed = h("p", { class: "small dim", role: "status" });
  const again = button("Try now", () => void outbox.now(), { class: "btn soft" }, "send");
  const acts = rescueButton(journal, place.dataset.person ?? "", again);
  place.append(age, list, said, sealed, acts);
  return async () => {
    const { count, oldest, walks } = await unsent(journal, place.dataset.person ?? "");
    const others = (await onTheirWay(journal)).length;
    for (const share of known.values()) [share.waiting, share.troubled] = [0, []];
    for (const share of walks) known.set(share.id, share);
    place.hidden = !known.size && !others;
    say(sealed, others ? "Something that was sealed here goes to school now. Only its author can read it." : "");
    fill(age, waitingWords(count, oldest, Date.now()));
    fill(list, ...[...known.values()].map((share) => row(share, outbox)));
    fill(said, trouble(outbox));
    again.hidden = !count;
    acts.hidden = !count && !others;
  };
}

/** @param {HTMLElement} place */
export async function tend(place) {
  const journal = new Journal();
  await journal.probe();
  const person = place.dataset.person ?? "";
  const captures = "visits" in place.dataset;
  const device = await deviceOf(journal);
  const outbox = new Outbox({
    line: { take: (limit) => journal.inState(person, "waiting", limit), settle: (results) => journal.settle(results, Date.now()), count: () => journal.count(person, "waiting") },
    post: (events) => sendEvents(device, person, events),
    changed: () => void show(),
  });
  const show = card(place, journal, outbox);
  await show();
  addEventListener("online", () => void outbox.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void outbox.wake());
  await outbox.wake();
  if (captures) await freshKit(journal);
  await arrive(journal, person, { captures, changed: () => void show() });
  await show();
  if (captures) await keepReady(() => true);
}
