// @ts-check
/** The end of a visit: what is still open is asked, then it is sent, and the review opens by itself. */

import { stayAwake } from "./awake.js";
import { find } from "./dom.js";
import { below, screen, whose } from "./frame.js";

/** @typedef {import("./visit.js").Visit} Visit */

/**
 * @param {import("./main.js").Now} now what the page holds
 * @param {{journal: import("./journal.js").Journal, outbox: import("./outbox.js").Outbox, reopen: (visit: Visit) => Promise<void>}} parts
 */
export function closing(now, { journal, outbox, reopen }) {
  /** Finish asks only what is still open; it never asks whether you are sure. */
  async function finish() {
    const { visit } = now;
    if (!visit) return;
    const { lastQuestions, openEnds } = await import("./finish.js");
    await visit.ready;
    const open = openEnds(visit, visit.modes);
    if (!open.sweep && !open.note && !open.ask) return endVisit();
    const asks = lastQuestions(visit, visit.modes, { finish: () => void endVisit(), back: () => void reopen(visit) });
    visit.walk.changed = () => asks.update();
    screen("Finish", whose(visit), asks.node);
    below(asks.dock);
    asks.update();
    find("h1")?.focus();
  }

  async function endVisit() {
    await now.visit?.walk.finish(true);
    await openSending();
    void outbox.now();
  }

  async function openSending() {
    const { visit } = now;
    if (!visit) return;
    const { sendingScreen } = await import("./finish.js");
    stayAwake(false);
    now.sending = sendingScreen(visit, {
      again: () => void outbox.now(),
      signedIn: (person) => void (person.id === now.person ? outbox.signedIn() : location.reload()),
      back: () => void visit.walk.finish(false).then(() => reopen(visit)),
      another: () => {
        location.hash = "#start";
      },
    });
    history.replaceState(null, "", `#walk=${visit.walk.id}`);
    screen("Finish", whose(visit), now.sending.node);
    below(now.sending.dock);
    find("h1")?.focus();
    void showSending();
  }

  /** When the server has answered for every event of the visit, the review opens by itself. */
  async function showSending() {
    const { sending, visit } = now;
    if (!sending || !visit) return;
    const entries = await journal.entriesOf(visit.walk.id);
    const waiting = entries.filter((entry) => entry.state === "waiting").length;
    const troubled = entries.filter((entry) => entry.state !== "waiting" && entry.state !== "stored");
    if (now.sending !== sending) return;
    sending.update(outbox, troubled, !waiting);
    if (!waiting && !troubled.length && !now.leaving) {
      now.leaving = true;
      location.assign(`/walkthroughs/${visit.walk.id}`);
    }
  }

  return { finish, openSending, showSending };
}
