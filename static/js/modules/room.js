// The field for a room's four letters, which only a script can carry into the capture page's own address.
/** @param {Document} root */
export function roomCodes(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-room]"))) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = String(new FormData(form).get("room") ?? "");
      location.assign(`${form.action}#room=${encodeURIComponent(typed)}`);
    });
  }
}
