// @ts-check
/** Where the data is, in the same few words everywhere. */

import { fill, h, icon, mark } from "./dom.js";
import { timeOfDay } from "./clock.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */

/**
 * The one true sentence about the data now. In the room only two things matter: kept, or safe.
 * @param {Outbox} outbox @param {{slow: boolean, trouble: string} | null} walk @param {boolean} inRoom
 * @returns {{s: string, picture: string, words: string}}
 */
export function standing(outbox, walk, inRoom) {
  if (walk?.trouble) return { s: "help", picture: "phone", words: "Not saved yet, trying again" };
  if (walk?.slow) return { s: "device", picture: "phone", words: "Saving on this phone" };
  if (outbox.left && !inRoom) {
    if (outbox.phase === "sending") return { s: "device", picture: "send", words: `Sending ${Math.min(outbox.done + 1, outbox.total)} of ${outbox.total}` };
    if (outbox.away) return { s: "help", picture: "lock", words: `Sign in to send ${count(outbox.left)}` };
  }
  if (outbox.left || !outbox.safeAt) return { s: "device", picture: "phone", words: "Saved on this phone" };
  return { s: "sent", picture: "cloud", words: `Safe at school, ${timeOfDay(outbox.safeAt)}` };
}

/** @param {number} n */
export const count = (n) => (n === 1 ? "1 tap" : `${n} taps`);

/** A line that shows where the data is. */
export function syncLine() {
  const line = h("span", { class: "sync" });
  let shown = "";
  return {
    line,
    /** @param {{s: string, picture: string, words: string}} now */
    show({ s, picture, words }) {
      if (shown === s + words) return;
      shown = s + words;
      mark(line, "data-s", s);
      fill(line, icon(picture), h("span", {}, words));
    },
  };
}
