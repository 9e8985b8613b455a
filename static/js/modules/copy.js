// A button that copies its data-copy, and says so in its own words; hidden in the page until it can.
/** @param {Document} root */
export function copyLinks(root) {
  if (!navigator.clipboard) return;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("button[data-copy]"))) {
    const words = button.querySelector("[data-words]") ?? button;
    const before = words.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? "");
        words.textContent = "Copied";
      } catch {
        words.textContent = "Not copied: select the address and copy it";
      }
      setTimeout(() => { words.textContent = before; }, 4000);
    });
  }
}
