// Plus and minus beside a number; the number can always be typed, so without script they do nothing.
/** @param {Document} root */
export function steppers(root) {
  root.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (pressed.closest(".step [data-step]"));
    if (!button || event.defaultPrevented) return;
    const input = button.parentElement?.querySelector("input");
    if (!input) return;
    if (Number(button.dataset.step) > 0) input.stepUp();
    else input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
