// @ts-check
/** What this phone’s storage can promise: asked to keep it for good, and warned of before a visit is lost. */

import { plural } from "./words.js";

const MB = 1024 * 1024;
/** A long visit is far below one megabyte; browsers start to clear well before the last one. */
const LITTLE = 20 * MB;

/** Asks the browser not to clear this phone’s visits. Some ask the person, so this is asked when a visit starts. */
export async function askToStay() {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  } catch {
    return false;
  }
}

/** A warning, or nothing. @returns {Promise<string>} */
export async function roomLeft() {
  try {
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    const left = Math.max(0, quota - usage);
    if (left >= LITTLE) return "";
    return `This phone has room for only ${plural(Math.floor(left / MB), "megabyte")} more. Free some space, or leave private browsing, before a visit.`;
  } catch {
    return "";
  }
}
