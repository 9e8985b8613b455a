// Signing out leaves no field kit on the device: whom one may visit is nobody else's to read.
/** @param {Document} root */
export function signOut(root) {
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("form[data-sign-out]"));
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { Journal } = await import("../capture/journal.js");
      await new Journal().drop("kept", "kit");
    } catch {
      // No store on this device: then there is no kit either.
    }
    form.submit();
  });
}
