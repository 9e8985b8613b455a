// The sentence with the focus lights the evidence it rests on; linking evidence shows its number at once.
export function lightEvidence(root) {
  root.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".sent");
    if (!sentence) return;
    for (const other of root.querySelectorAll(".sent[data-on]")) delete other.dataset.on;
    sentence.dataset.on = "";
    light(root, sentence);
  });
  root.addEventListener("input", (event) => {
    const sentence = event.target.closest(".sent");
    if (!sentence) return;
    if (event.target.type === "checkbox") relink(root, sentence);
    recount(root, sentence);
  });
}

function light(root, sentence) {
  const ids = new Set(sentence.dataset.evidence.split(" ").map((number) => `evidence-${number}`));
  for (const item of root.querySelectorAll(".tl > li")) item.classList.toggle("hit", ids.has(item.id));
  const beside = root.querySelector(".review > section");
  const first = beside?.querySelector(".hit");
  // beside the draft the evidence scrolls by itself; on a phone nothing moves under the thumb
  if (first && beside.scrollHeight > beside.clientHeight) beside.scrollTop = first.offsetTop;
}

function relink(root, sentence) {
  const numbers = [...sentence.querySelectorAll("input:checked")].map((box) => box.value);
  const marks = numbers.map((number) => {
    const mark = root.createElement("span");
    mark.className = "ref";
    mark.textContent = number;
    return mark;
  });
  sentence.querySelector(".refs").replaceChildren(...marks);
  sentence.dataset.evidence = numbers.join(" ");
  light(root, sentence);
}

function recount(root, sentence) {
  const words = sentence.querySelector("[data-linked]");
  const written = (one) => one.querySelector("textarea").value.trim() !== "";
  if (words) words.textContent = linked(sentence.dataset.evidence, written(sentence));
  const told = root.querySelector("[data-bare]");
  if (!told) return;
  const all = [...root.querySelectorAll(".sent")].filter(written);
  const bare = all.filter((one) => !one.dataset.evidence).length;
  told.querySelector("span").textContent = counted(all.length, bare);
  told.querySelector("use").setAttribute("href", bare || !all.length ? "#i-flag" : "#i-tick");
}

function linked(evidence, written) {
  if (evidence) return "Evidence";
  return written ? "No evidence yet: link some" : "Link evidence";
}

function counted(all, bare) {
  if (!all) return "No sentence is written yet";
  if (!bare) return "Every sentence has evidence";
  return `${bare} ${bare === 1 ? "sentence has" : "sentences have"} no evidence yet`;
}
