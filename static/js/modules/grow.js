// Text fields as tall as their words, where the style alone (field-sizing) cannot do it yet.
/** @param {Document} root */
export function growFields(root) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (/** @type {HTMLTextAreaElement} */ area) => {
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 2 && area.rows < 40) area.rows += 1;
  };
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (root.querySelectorAll(".sent textarea"))) fit(area);
  root.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.matches(".sent textarea")) fit(target);
  });
}
