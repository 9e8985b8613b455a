// Text fields as tall as their words, where the style alone (field-sizing) cannot do it yet.
const MOST_ROWS = 40;

/** @param {Document} root */
export function growFields(root) {
  if (CSS.supports("field-sizing", "content")) return;
  for (const area of root.querySelectorAll("textarea")) if (area.closest(".sent")) fit(area);
  root.addEventListener("input", (event) => {
    const area = event.target;
    if (area instanceof HTMLTextAreaElement && area.closest(".sent")) fit(area);
  });
}

/** @param {HTMLTextAreaElement} area */
function fit(area) {
  area.rows = 1;
  while (area.scrollHeight > area.clientHeight + 2 && area.rows < MOST_ROWS) area.rows += 1;
}
