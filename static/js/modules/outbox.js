// Today’s outbox: what this phone still has to send. The capture modules come only where there is a place for it.
/** @param {Document} root */
export function outbox(root) {
  const place = root.getElementById("outbox");
  if (!place || !("indexedDB" in globalThis)) return;
  const fetchThem = () => void import("./waiting.js").then(({ tend }) => tend(place)).catch(() => undefined);
  if (root.readyState === "complete") fetchThem();
  else addEventListener("load", fetchThem, { once: true });
}
