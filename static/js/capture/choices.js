// @ts-check
/** What this phone should do during visits: kept on the device, never sent, and nothing a visit depends on. */

import { feel } from "./haptics.js";

const KEY = "capture";
const THEME = "theme";

/** @typedef {{haptics: boolean, grouping: string, timer: boolean, at: {walk: string, mode: string}}} Choices `at`: where the last visit stood */

/** @type {Choices} */
const DEFAULTS = { haptics: true, grouping: "core", timer: true, at: { walk: "", mode: "look" } };

/** @returns {Choices} */
export function readChoices() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

/** Keeps what was chosen now beside what is kept already, another tab’s choices too. @param {Partial<Choices>} chosen */
export function keepChoices(chosen) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readChoices(), ...chosen }));
  } catch {
    // A choice that cannot be kept holds until the page closes.
  }
}

/** @param {Choices} choices */
export const applyChoices = ({ haptics }) => feel(haptics);

/** Whether this person likes visits dark; the page’s own theme script reads the same choice before the first paint. */
export function darkVisits() {
  try {
    return localStorage.getItem(THEME) === "visits";
  } catch {
    return false;
  }
}

/** @param {boolean} dark */
export function chooseDark(dark) {
  try {
    if (dark) localStorage.setItem(THEME, "visits");
    else localStorage.removeItem(THEME);
  } catch {
    // Then it holds for this page only.
  }
  if (dark) document.documentElement.dataset.theme = "dark";
  else delete document.documentElement.dataset.theme;
}
