// The alignment editor without waiting: search as one types, a tie that shows at once, the keyboard all the way.
const LATE = "Not kept: no answer from school. Your words are still here; try again.";

/** @param {Document} root @param {HTMLElement} board */
export function tend(root, board) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (board.querySelectorAll("form[data-filter]"))) {
    const list = root.getElementById(form.dataset.filter ?? "");
    const input = form.querySelector("input[type=search]");
    if (!list || !(input instanceof HTMLInputElement)) continue;
    form.addEventListener("submit", (event) => event.preventDefault());
    const look = () => narrow(list, input.value, list.parentElement);
    input.addEventListener("input", look);
    look(); // what was typed before this script came
  }
  const tying = /** @type {HTMLFormElement | null} */ (board.querySelector("form[data-tie-form]"));
  if (tying) quick(root, board, tying);
}

/** Shows what holds every word typed. @param {Element} list @param {string} typed @param {Element | null} around */
function narrow(list, typed, around) {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-words]"))) {
    const fits = words.every((word) => one.dataset.words?.includes(word));
    one.hidden = (!fits && !one.querySelector(":checked")) || one.dataset.tied === "1";
    if (!one.hidden) shown += 1;
  }
  const none = /** @type {HTMLElement | null} */ ((around ?? list).querySelector("[data-none]"));
  if (none) none.hidden = shown > 0;
}

/** @param {Document} root @param {HTMLElement} board @param {HTMLFormElement} form */
function quick(root, board, form) {
  const others = /** @type {HTMLElement} */ (root.getElementById("others"));
  const search = /** @type {HTMLInputElement} */ (form.querySelector("[data-filter-now]"));
  const reason = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("reason"));
  const tied = /** @type {HTMLElement} */ (board.querySelector("ul[data-tied]"));
  const untied = /** @type {HTMLElement} */ (board.querySelector("[data-untied]"));
  const told = /** @type {HTMLOutputElement} */ (board.querySelector("[data-told]"));
  const count = /** @type {HTMLElement | null} */ (board.querySelector("[aria-current] [data-count]"));
  const progress = /** @type {HTMLElement | null} */ (board.querySelector("[data-progress]"));
  const done = /** @type {HTMLElement | null} */ (board.querySelector("[data-done]"));
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (others.querySelectorAll("[data-words][hidden]"))) one.dataset.tied = "1";
  const place = search.closest("[data-script]");
  if (place instanceof HTMLElement) place.hidden = false;

  const look = () => narrow(others, search.value, others);
  const first = () => /** @type {HTMLInputElement | null} */ (others.querySelector("[data-words]:not([hidden]) input:not(:checked)"));
  const settle = () => {
    const n = tied.children.length;
    [tied.hidden, untied.hidden] = [!n, Boolean(n)];
    if (count) [count.textContent, count.dataset.count] = [String(n), String(n)];
  };
  /** How far the list is. @param {number} open */
  const stand = (open) => {
    if (progress) progress.textContent = String(Number(progress.dataset.progress) - open);
    if (done) done.hidden = open > 0;
  };

  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    const found = first();
    if (!found || !["ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    found.checked = true;
    if (event.key !== "Enter") return found.focus();
    reason.focus();
    reason.select(); // a reason that was borrowed gives way to the first letter
  });
  reason.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  look();
  form.addEventListener("submit", async (event) => {
    const picked = /** @type {HTMLInputElement[]} */ ([...others.querySelectorAll("input:checked")]);
    if (!picked.length) return;
    event.preventDefault();
    if (!reason.value.trim()) {
      told.textContent = "Say in a sentence why they belong together.";
      return reason.focus();
    }
    const words = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const options = picked.map((one) => /** @type {HTMLElement} */ (one.closest("[data-words]")));
    const rows = options.map((option) => made(board, option, reason.value.trim()));
    tied.append(...rows);
    for (const option of options) take(option, true);
    settle();
    const kept = reason.value;
    [reason.value, search.value, told.textContent] = ["", "", ""];
    look();
    search.focus();
    const answer = await post(form.action, words);
    if (answer.reason) {
      for (const row of rows) row.remove();
      for (const option of options) take(option, false);
      for (const one of picked) one.checked = true;
      reason.value ||= kept;
      told.textContent = answer.reason;
    } else {
      for (const [at, row] of rows.entries()) keep(row, answer.tied[at]);
      told.textContent = rows.length > 1 ? `${rows.length} tied.` : "Tied.";
      stand(answer.open);
    }
    settle();
    look();
  });

  tied.addEventListener("submit", async (event) => {
    const removing = /** @type {HTMLFormElement} */ (event.target);
    const row = /** @type {HTMLElement} */ (removing.closest("[data-tie]"));
    event.preventDefault();
    row.dataset.s = "sending";
    const answer = await post(removing.action, new URLSearchParams(/** @type {any} */ (new FormData(removing))));
    delete row.dataset.s;
    told.textContent = answer.reason ?? "Removed. Visits from before go on showing it.";
    if (answer.reason) return;
    stand(answer.open);
    const option = others.querySelector(`input[value="${row.dataset.tie}"]`)?.closest("[data-words]");
    if (option instanceof HTMLElement) take(option, false);
    row.remove();
    settle();
    look();
    search.focus();
  });
}

/** A row that the school has can be removed by its own address. @param {HTMLElement} row @param {string[]} tie */
function keep(row, tie) {
  const removing = row.querySelector("form");
  if (removing) removing.action = removing.action.replace(/[0-9a-f-]{36}\/[0-9a-f-]{36}\/remove/, `${tie.join("/")}/remove`);
  delete row.dataset.s;
}

/** An option that is tied steps out of the list. @param {HTMLElement} option @param {boolean} on */
function take(option, on) {
  option.dataset.tied = on ? "1" : "";
  option.hidden = on;
  const input = option.querySelector("input");
  if (input) input.checked = false;
}

/** A new row from the page’s own template. @param {HTMLElement} board @param {HTMLElement} option @param {string} reason */
function made(board, option, reason) {
  const template = /** @type {HTMLTemplateElement} */ (board.querySelector("template[data-row]"));
  const row = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (template.content.firstElementChild).cloneNode(true));
  const name = option.querySelector("[data-name]")?.textContent ?? "";
  row.dataset.tie = option.querySelector("input")?.value ?? "";
  row.dataset.s = "sending";
  const plate = option.querySelector(".plate");
  if (plate) row.prepend(plate.cloneNode(true));
  const [title, why, also] = [row.querySelector("[data-name]"), row.querySelector("[data-reason]"), row.querySelector("button .vh")];
  if (title) title.textContent = name;
  if (why) why.textContent = reason;
  if (also) also.textContent = `: ${name}`;
  return row;
}

/** @param {string} address @param {URLSearchParams} words @returns {Promise<any>} */
async function post(address, words) {
  try {
    const answer = await fetch(address, { method: "POST", body: words, headers: { "X-Crosswalk": "1" } });
    const said = await answer.json();
    return answer.ok ? said : { reason: said.reason ?? LATE };
  } catch {
    return { reason: LATE };
  }
}
