// Links with data-open show their dialog as a modal one; without script the link's :target shows it.
export function dialogs(root) {
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    const dialog = opener && root.getElementById(opener.dataset.open);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = event.target.closest("dialog [data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
  });
}
