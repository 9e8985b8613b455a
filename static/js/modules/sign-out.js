// Signing out leaves nothing to read on the device: what is not at school yet is sent, or sealed.
/** @param {Document} root */
export function signOut(root) {
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("form[data-sign-out]"));
  const place = root.getElementById("parting");
  if (!form || !place || !("indexedDB" in globalThis)) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    if (form.dataset.failed || (await leave(form, place))) form.submit();
    else if (button) button.disabled = false;
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} place */
async function leave(form, place) {
  try {
    const { part } = await import("../seal/parting.js");
    return await part(place, form.dataset.signOut ?? "");
  } catch {
    form.dataset.failed = "yes";
    place.textContent = "This device could not put your taps away, so they are still on it. Press again to sign out all the same.";
    return false;
  }
}
