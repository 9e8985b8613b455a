// A button that sends words leads to their field while there are none.
export function needsWords(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-needs]");
    const field = button && root.getElementById(button.dataset.needs);
    if (!field || field.value.trim()) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  });
}
