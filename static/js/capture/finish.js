// @ts-check
/** Finishing: the last questions, then send, then the review; and calm words where it cannot be sent yet. */

import { button, fill, h, icon, say } from "./dom.js";
import { questions, unasked } from "./talk.js";
import { signInForm } from "./signin.js";
import { standing, syncLine } from "./status.js";
import { plural } from "./words.js";

/** @typedef {import("./visit.js").Visit} Visit */

/** What is still open and would be lost or unsaid. @param {Visit} visit @param {any} modes */
export function openEnds(visit, modes) {
  const ask = unasked(visit);
  return { sweep: modes.sweep?.open() ?? 0, note: Boolean(modes.notes?.open()), ask: ask.structure || ask.uptake };
}

/** Asks what is open before the visit ends. @param {Visit} visit @param {any} modes @param {{finish: () => void, back: () => void}} acts */
export function lastQuestions(visit, modes, { finish, back }) {
  const asks = questions(visit);
  const sweep = h("section", { class: "card stack tight" });
  const note = h("section", { class: "card stack tight" });
  const node = h("div", { class: "stack" }, h("h1", { tabindex: "-1" }, "Before you finish"), sweep, note, asks.node,
    h("p", { class: "dim small" }, "Nothing here must be answered. What was not recorded stays “not recorded”."));
  return {
    node,
    dock: h("div", { class: "sum actions" }, button("Back", back, { "aria-label": "Back to the visit" }), button("Finish the visit", finish, { class: "btn go grow" })),
    update() {
      const open = openEnds(visit, modes);
      sweep.hidden = !open.sweep;
      fill(sweep, h("h2", {}, "A sweep is still open"), h("p", {}, `${plural(open.sweep, "student")} counted.`),
        h("div", { class: "actions" }, button("Leave it out", () => modes.sweep.discard()), button("Save it", () => modes.sweep.save(), { class: "btn soft" })));
      note.hidden = !open.note;
      fill(note, h("h2", {}, "A note is still open"), h("p", { class: "said" }, modes.notes?.open() || ""), button("Keep this note", () => modes.notes.save(), { class: "btn soft" }));
      asks.update(true, true);
    },
  };
}

/** Sending, and what stands in its way. @param {Visit} visit @param {{again: () => void, signedIn: (person: any) => void, back: () => void, another: () => void}} acts */
export function sendingScreen(visit, { again, signedIn, back, another }) {
  const title = h("h1", { tabindex: "-1" });
  const words = h("p", {});
  const line = syncLine();
  const save = h("div", { hidden: true });
  void import("../seal/rescue.js").then(({ rescueButton }) => save.append(rescueButton(visit.journal, visit.walk.row.person))).catch(() => undefined);
  const stuck = h("ul", { class: "stack tight" });
  const form = signInForm({ why: "You were signed out. Everything is on this phone; sign in and it goes to school.", done: signedIn });
  form.hidden = true;
  const review = h("a", { class: "btn go", href: `/walkthroughs/${visit.walk.id}`, hidden: true }, "Go to the review");
  const node = h("div", { class: "stack" }, h("p", { class: "figure" }, icon("phone")), title, words, h("p", { role: "status" }, line.line), stuck, form, review, save);
  return {
    node,
    dock: h("div", { class: "sum actions" }, button("Back", back, { "aria-label": "Back to the visit" }), button("Another visit", another, { class: "btn grow" }), button("Try now", again, { class: "btn go grow" })),
    /** @param {import("./outbox.js").Outbox} outbox @param {{reason?: string, state: string}[]} troubled @param {boolean} arrived */
    update(outbox, troubled, arrived) {
      say(title, arrived ? "Safe at school" : outbox.phase === "sending" ? "Sending the visit" : "Saved on this phone");
      say(words, arrived ? "" : outbox.phase === "stopped" && outbox.reason ? outbox.reason : "The whole visit is kept here. It goes to school by itself as soon as there is a network and this screen is open, now or another time.");
      const now = standing(outbox, visit.walk, false);
      line.show(now);
      line.line.hidden = now.words === title.textContent;
      form.hidden = !outbox.away || !outbox.left; // it stays while the phone tries by itself: somebody may be typing
      save.hidden = arrived || outbox.phase === "sending";
      review.hidden = !(arrived && troubled.length);
      fill(stuck, ...troubled.map((t) => h("li", { class: "notice", data: { s: "help" } }, `${t.state === "conflict" ? "Two versions of one entry: both are kept." : "One entry is kept for repair."} ${t.reason ?? ""}`)), troubled.length > 0 && h("li", {}, h("a", { href: "/repairs" }, "See what to do")));
    },
  };
}
