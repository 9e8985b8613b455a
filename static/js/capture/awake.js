// @ts-check
/** Keeps the screen lit while a visit is open, where the browser can. */

/** @type {any} */
let lock = null;
let wanted = false;

async function ask() {
  if (!wanted || lock || document.visibilityState !== "visible") return;
  try {
    lock = await /** @type {any} */ (navigator).wakeLock?.request("screen");
    lock?.addEventListener("release", () => {
      lock = null;
    });
  } catch {
    lock = null;
  }
}

document.addEventListener("visibilitychange", ask);

/** @param {boolean} open */
export function stayAwake(open) {
  wanted = open;
  if (open) void ask();
  else void lock?.release();
}
