// The choice of light, dark, dark during visits, or as the device has it: kept on this device only.
/** @param {Document} root */
export function themeChoice(root) {
  const choices = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[name=theme]"));
  let chosen = "";
  try {
    chosen = localStorage.getItem("theme") ?? "";
  } catch {
    return;
  }
  for (const choice of choices) {
    choice.checked = choice.value === chosen;
    choice.addEventListener("change", () => {
      localStorage.setItem("theme", choice.value);
      const now = ["light", "dark"].includes(choice.value) ? choice.value : "";
      if (now) document.documentElement.dataset.theme = now;
      else delete document.documentElement.dataset.theme;
    });
  }
}
