// The sentence with the focus lights the evidence it rests on; linking evidence shows its number at once.
/** @param {Document} root */
export function lightEvidence(root) {
  root.addEventListener("focusin", (event) => {
    const sentence = sentenceOf(event);
    if (!sentence) return;
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".sent[data-on]"))) delete other.dataset.on;
    sentence.dataset.on = "";
    light(root, sentence);
  });
  root.addEventListener("input", (event) => {
    const sentence = sentenceOf(event);
    if (!sentence) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") relink(root, sentence);
    recount(root, sentence);
  });
}

/** @param {Event} event @returns {HTMLElement | null} */
function sentenceOf(event) {
  return /** @type {Element} */ (event.target).closest(".sent");
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

/** @param {HTMLElement} sentence */
function written(sentence) {
  return (sentence.querySelector("textarea")?.value ?? "").trim() !== "";
}

/** @param {Document} root @param {HTMLElement} sentence */
function recount(root, sentence) {
  const words = sentence.querySelector("[data-linked]");
  if (words) words.textContent = linked(sentence.dataset.evidence ?? "", written(sentence));
  const told = root.querySelector("[data-bare]");
  if (!told) return;
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".sent"))].filter(written);
  const bare = all.filter((one) => !one.dataset.evidence).length;
  const said = told.querySelector("span");
  if (said) said.textContent = counted(all.length, bare);
  told.querySelector("use")?.setAttribute("href", bare || !all.length ? "#i-flag" : "#i-tick");
}

/** @param {string} evidence @param {boolean} isWritten */
function linked(evidence, isWritten) {
  if (evidence) return "Evidence";
  return isWritten ? "No evidence yet: link some" : "Link evidence";
}

/** @param {number} all @param {number} bare */
function counted(all, bare) {
  if (!all) return "No sentence is written yet";
  if (!bare) return "Every sentence has evidence";
  return `${bare} ${bare === 1 ? "sentence has" : "sentences have"} no evidence yet`;
}
