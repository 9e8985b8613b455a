// A button that sends words leads to their field while there are none.
/** @param {Document} root */
export function needsWords(root) {
  root.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-needs]"));
    const field = button && /** @type {HTMLTextAreaElement | null} */ (root.getElementById(button.dataset.needs ?? ""));
    if (!field || field.value.trim()) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  });
}
