// A form with data-keep sends what is typed to school by itself: a moment after the last key, and when the page is left.
const A_MOMENT = 1500;
const HELD = "Not sent yet. Keep this page open.";

/** @param {Document} root */
export function keepWords(root) {
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("form[data-keep]"));
  const told = /** @type {HTMLElement | null} */ (root.querySelector("[data-kept]"));
  if (!form || !told) return;
  const typed = () => new URLSearchParams(/** @type {any} */ (new FormData(form))).toString();
  /** @param {string} state @param {string} words */
  const tell = (state, words) => {
    told.dataset.s = state;
    const said = told.querySelector("span");
    if (said) said.textContent = words;
  };
  let safe = typed();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;

  const keep = async () => {
    clearTimeout(soon);
    const words = typed();
    if (words === safe) return;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(words),
        headers: { "X-Crosswalk": "1" },
        keepalive: words.length < 60000,
      });
      const said = await answer.json();
      if (!answer.ok) return tell("help", said.reason ?? HELD);
      safe = words;
      tell("sent", `Safe at school, ${said.at}`);
    } catch {
      tell("help", HELD);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(keep, A_MOMENT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(soon);
    safe = typed();
  });
  addEventListener("online", keep);
  root.addEventListener("visibilitychange", () => root.visibilityState === "hidden" && keep());
  addEventListener("beforeunload", (event) => typed() !== safe && event.preventDefault());
}
