// A form with data-keep sends what is typed to school by itself: a moment after the last key, and when the page is left.
const A_MOMENT = 1500;
const MOST_WHEN_LEAVING = 60000;
const HELD = "Not sent yet. Keep this page open.";

/** @param {Document} root */
export function keepWords(root) {
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("form[data-keep]"));
  const told = /** @type {HTMLElement | null} */ (root.querySelector("[data-kept]"));
  if (form && told) keepForm(root, form, told);
}

/** @param {HTMLFormElement} form */
function typed(form) {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(form)) words.append(name, String(value));
  return words.toString();
}

/** @param {Document} root @param {HTMLFormElement} form @param {HTMLElement} told */
function keepForm(root, form, told) {
  let safe = typed(form);
  let soon = 0;
  let sending = Promise.resolve();

  /** @param {string} state @param {string} words */
  function tell(state, words) {
    told.dataset.s = state;
    const line = told.querySelector("span");
    if (line) line.textContent = words;
  }

  async function keep() {
    clearTimeout(soon);
    const words = typed(form);
    if (words === safe) return;
    try {
      const answer = await send(form.action, words);
      const said = await answer.json();
      if (!answer.ok) return tell("help", said.reason ?? HELD);
      safe = words;
      tell("sent", `Safe at school, ${said.at}`);
    } catch {
      tell("help", HELD);
    }
  }

  // one after the other, so that older words never arrive last
  function inTurn() {
    sending = sending.then(keep);
  }

  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(inTurn, A_MOMENT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(soon);
    safe = typed(form);
  });
  addEventListener("online", inTurn);
  root.addEventListener("visibilitychange", () => {
    if (root.visibilityState === "hidden") keep();
  });
  addEventListener("beforeunload", (event) => {
    if (typed(form) !== safe) event.preventDefault();
  });
}

/** @param {string} address @param {string} words */
function send(address, words) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(words),
    headers: { "X-Crosswalk": "1" },
    keepalive: words.length < MOST_WHEN_LEAVING,
  });
}
