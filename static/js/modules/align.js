// The alignment editor’s script comes only where there is an editor.
/** @param {Document} root */
export function align(root) {
  const board = root.querySelector("[data-align]");
  if (board) void import("./tying.js").then(({ tend }) => tend(root, /** @type {HTMLElement} */ (board))).catch(() => undefined);
}
