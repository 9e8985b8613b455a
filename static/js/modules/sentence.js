// The sentence with the focus lights the evidence it rests on.
/** @param {Document} root */
export function lightEvidence(root) {
  root.addEventListener("focusin", (event) => {
    const sentence = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".sent"));
    if (!sentence) return;
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".sent[data-on]"))) delete other.dataset.on;
    sentence.dataset.on = "";
    const ids = new Set((sentence.dataset.evidence ?? "").split(" ").map((number) => `evidence-${number}`));
    for (const item of root.querySelectorAll(".tl > li")) item.classList.toggle("hit", ids.has(item.id));
  });
}
