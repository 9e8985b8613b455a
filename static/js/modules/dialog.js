// Links with data-open show their dialog as a modal one; without script the link's :target shows it.
/** @param {Document} root */
export function dialogs(root) {
  root.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const opener = /** @type {HTMLElement | null} */ (pressed.closest("[data-open]"));
    const dialog = opener && root.getElementById(opener.dataset.open ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    if (pressed.closest("dialog [data-close]")) {
      event.preventDefault();
      pressed.closest("dialog")?.close();
    }
  });
}
