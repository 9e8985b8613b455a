// Folded parts that have room on a tablet open by themselves there, and a link into a folded part unfolds it.
/** @param {Document} root */
export function folds(root) {
  const roomy = matchMedia("(min-width: 48rem)").matches;
  for (const part of /** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll("details[data-wide]"))) part.open ||= roomy;
  const unfold = () => {
    const part = root.getElementById(location.hash.slice(1))?.closest("details");
    if (part) part.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
}
