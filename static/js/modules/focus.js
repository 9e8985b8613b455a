// A focus holds so many look-fors: the count is told, and a full one takes no more until one is let go.
/** @param {Document} root */
export function focusChoice(root) {
  const place = /** @type {HTMLElement | null} */ (root.querySelector("fieldset[data-most]"));
  if (!place) return;
  const most = Number(place.dataset.most);
  const boxes = /** @type {HTMLInputElement[]} */ ([...place.querySelectorAll("input[type=checkbox]")]);
  const told = place.querySelector("[data-count]");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = chosen >= most && !box.checked;
    if (told) told.textContent = `${chosen} of ${most}`;
  };
  place.addEventListener("change", count);
  count();
}
