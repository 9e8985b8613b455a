// @ts-check
/** What this phone should do during visits: kept on the device, never sent, and nothing a visit depends on. */

import { feel } from "./haptics.js";

const KEY = "crosswalk-choices";

/** @typedef {{dark: boolean, haptics: boolean, grouping: string}} Choices */

/** @type {Choices} */
const DEFAULTS = { dark: false, haptics: true, grouping: "core" };

/** @returns {Choices} */
export function readChoices() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

/** @param {Choices} choices */
export function keepChoices(choices) {
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // A choice that cannot be kept holds until the page closes.
  }
}

/** @param {Choices} choices */
export function applyChoices({ dark, haptics }) {
  feel(haptics);
  if (dark) document.documentElement.dataset.theme = "dark";
  else delete document.documentElement.dataset.theme;
}
