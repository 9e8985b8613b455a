// @ts-check
/** What is good to know before a visit starts: no connection, what still waits here, little room, the home screen. */

import { button, fill, h, icon } from "./dom.js";
import { roomLeft } from "./storage.js";
import { unsent, waitingWords } from "./unsent.js";

const DISMISSED = "no-install-hint";

/** @type {any} the browser’s own offer, which it makes before anybody asks */
let offer = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  dispatchEvent(new Event("crosswalk-offer"));
});

/** @param {string} picture @param {string} words @param {string} state @param {...any} more */
const notice = (picture, words, state, ...more) => h("div", { class: "notice", data: { s: state } }, icon(picture), h("div", { class: "stack tight" }, h("p", {}, words), ...more));

const installed = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;
const iPhone = () => /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

function dismissed() {
  try {
    return localStorage.getItem(DISMISSED) !== null;
  } catch {
    return true;
  }
}

/** Quiet, once, and only where nothing waits: an iPhone’s home-screen app does not share what Safari keeps. @param {any} place */
function installHint(place) {
  if (installed() || dismissed() || !(offer || iPhone())) return;
  const never = button("Not now", () => {
    localStorage.setItem(DISMISSED, "1");
    fill(place);
  }, { class: "btn quiet" });
  if (!offer) return void fill(place, notice("phone", "To open Crosswalk like an app, tap Share, then “Add to Home Screen”. Then sign in there once.", "done", h("div", { class: "actions" }, never)));
  const go = button("Add it", async () => {
    fill(place);
    await offer.prompt();
    offer = null;
  }, { class: "btn soft" });
  fill(place, notice("phone", "Crosswalk can stand on this phone’s home screen and open without a network.", "done", h("div", { class: "actions" }, never, go)));
}

/** @param {import("./journal.js").Journal} journal @param {string} person @param {boolean} away the network failed just now */
export function beforeVisit(journal, person, away) {
  const alone = h("div", { role: "status" }, away && notice("phone", "No connection. You can start a visit here.", "done"));
  const open = !isSecureContext && notice("lock", "This connection is not secure. Taps are kept and sent, but this screen will not open without a network, and what waits here cannot be sealed when you sign out.", "help");
  const [waits, room, hint] = [h("div", {}), h("div", {}), h("div", {})];
  void roomLeft().then((words) => words && fill(room, notice("flag", words, "help")));
  void unsent(journal, person).then(({ count, oldest }) => {
    const words = waitingWords(count, oldest, Date.now());
    if (words) {
      fill(waits, h("p", { class: "small dim" }, words));
      void import("../seal/rescue.js").then(({ rescueButton }) => waits.append(rescueButton(journal, person))).catch(() => undefined);
    }
    else if (!away) installHint(hint);
    if (!words && !away) addEventListener("crosswalk-offer", () => installHint(hint), { once: true });
  }).catch(() => undefined);
  return [alone, open, room, waits, hint];
}
