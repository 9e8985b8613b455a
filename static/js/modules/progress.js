// A bar with data-progress asks how far the work is, and shows the page anew once it has ended.
const EVERY = 2000;
const OPEN = ["waiting", "running"];

/** @param {Document} root */
export function progress(root) {
  const bar = /** @type {HTMLProgressElement | null} */ (root.querySelector("progress[data-progress]"));
  if (bar) setTimeout(() => void ask(root, bar), EVERY);
}

/** @param {Document} root @param {HTMLProgressElement} bar */
async function ask(root, bar) {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Crosswalk": "1" } });
    const { state, done, total } = await answer.json();
    if (answer.ok && !OPEN.includes(state)) return location.reload();
    if (answer.ok) tell(root, bar, done, total);
  } catch {
    // no network for a moment: the next question will be answered
  }
  setTimeout(() => void ask(root, bar), root.hidden ? 5 * EVERY : EVERY);
}

/** @param {Document} root @param {HTMLProgressElement} bar @param {number} done @param {number} total */
function tell(root, bar, done, total) {
  bar.max = total;
  bar.value = done;
  const words = root.querySelector("[data-progress-words]");
  if (words) words.textContent = `${done} of ${total} printed`;
}
