// The sentence with the focus lights the evidence it rests on; linking evidence shows its number at once.
/** @param {Document} root */
export function lightEvidence(root) {
  root.addEventListener("focusin", (event) => {
    const sentence = around(event);
    if (!sentence) return;
    for (const other of sentences(root)) delete other.dataset.on;
    sentence.dataset.on = "";
    light(root, sentence);
  });
  root.addEventListener("input", (event) => {
    const sentence = around(event);
    if (!sentence) return;
    if (/** @type {HTMLInputElement} */ (event.target).type === "checkbox") relink(root, sentence);
    recount(root, sentence);
  });
}

/** @param {Event} event @returns {HTMLElement | null} */
function around(event) {
  return /** @type {Element} */ (event.target).closest(".sent");
}

/** @param {Document} root @returns {HTMLElement[]} */
function sentences(root) {
  return [...root.querySelectorAll(".sent")].map((one) => /** @type {HTMLElement} */ (one));
}

/** @param {HTMLElement} sentence */
function written(sentence) {
  return sentence.querySelector("textarea")?.value.trim() !== "";
}

/** @param {Document} root @param {HTMLElement} sentence */
function light(root, sentence) {
  const ids = new Set((sentence.dataset.evidence ?? "").split(" ").map((number) => `evidence-${number}`));
  for (const item of root.querySelectorAll(".tl > li")) item.classList.toggle("hit", ids.has(item.id));
  const beside = root.querySelector(".review > section");
  const first = /** @type {HTMLElement | null | undefined} */ (beside?.querySelector(".hit"));
  // beside the draft the evidence scrolls by itself; on a phone nothing moves under the thumb
  if (beside && first && beside.scrollHeight > beside.clientHeight) beside.scrollTop = first.offsetTop;
}

/** @param {Document} root @param {HTMLElement} sentence */
function relink(root, sentence) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (sentence.querySelectorAll("input:checked"));
  const numbers = [...boxes].map((box) => box.value);
  const marks = numbers.map((number) => {
    const mark = root.createElement("span");
    mark.className = "ref";
    mark.textContent = number;
    return mark;
  });
  sentence.querySelector(".refs")?.replaceChildren(...marks);
  sentence.dataset.evidence = numbers.join(" ");
  light(root, sentence);
}

/** @param {Document} root @param {HTMLElement} sentence */
function recount(root, sentence) {
  const words = sentence.querySelector("[data-linked]");
  if (words) words.textContent = linked(sentence);
  const told = root.querySelector("[data-bare] > span");
  if (!told) return;
  const all = sentences(root).filter(written);
  const bare = all.filter((one) => !one.dataset.evidence).length;
  told.textContent = counted(all.length, bare);
  root.querySelector("[data-bare] use")?.setAttribute("href", bare || !all.length ? "#i-flag" : "#i-tick");
}

/** @param {HTMLElement} sentence */
function linked(sentence) {
  if (sentence.dataset.evidence) return "Evidence";
  return written(sentence) ? "No evidence yet: link some" : "Link evidence";
}

/** @param {number} all @param {number} bare */
function counted(all, bare) {
  if (!all) return "No sentence is written yet";
  if (!bare) return "Every sentence has evidence";
  return `${bare} ${bare === 1 ? "sentence has" : "sentences have"} no evidence yet`;
}
