// Text fields as tall as their words, where the style alone (field-sizing) cannot do it yet.
export function growFields(root) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (area) => {
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 2 && area.rows < 40) area.rows += 1;
  };
  root.querySelectorAll(".sent textarea").forEach(fit);
  root.addEventListener("input", (event) => event.target.matches(".sent textarea") && fit(event.target));
}
