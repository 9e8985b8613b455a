// Today’s outbox: what this phone still has to send, and what others left here sealed. The capture modules come only where there is something.
/** @param {Document} root */
export function outbox(root) {
  const place = root.getElementById("outbox");
  if (!place || !("indexedDB" in globalThis)) return;
  const fetchThem = () => void tendIfWanted(place).catch(() => undefined);
  if (root.readyState === "complete") fetchThem();
  else addEventListener("load", fetchThem, { once: true });
}

/** Who visits no classroom only carries what others left, if anybody did. @param {HTMLElement} place */
async function tendIfWanted(place) {
  const there = "visits" in place.dataset || (await indexedDB.databases()).some(({ name }) => name === "crosswalk");
  if (there) await (await import("./waiting.js")).tend(place);
}
