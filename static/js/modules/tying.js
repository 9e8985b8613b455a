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
    one.hidden = !fits || one.dataset.tied === "1";
    if (!one.hidden) shown += 1;
  }
  const none = /** @type {HTMLElement | null} */ ((around ?? list).querySelector("[data-none]"));
  if (none) none.hidden = shown > 0;
}

/** @param {Document} root @param {HTMLElement} board @param {HTMLFormElement} form */
function quick(root, board, form) {
  const others = /** @type {HTMLElement} */ (root.getElementById("others"));
  const search = /** @type {HTMLInputElement} */ (form.querySelector("[data-filter-now]"));
  const reason = /** @type {HTMLInputElement} */ (form.elements.namedItem("reason"));
  const tied = /** @type {HTMLElement} */ (board.querySelector("ul[data-tied]"));
  const untied = /** @type {HTMLElement} */ (board.querySelector("[data-untied]"));
  const told = /** @type {HTMLOutputElement} */ (board.querySelector("[data-told]"));
  const count = board.querySelector("[aria-current] [data-count]");
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (others.querySelectorAll("[data-words][hidden]"))) one.dataset.tied = "1";
  const place = search.closest("[data-script]");
  if (place instanceof HTMLElement) place.hidden = false;

  const look = () => narrow(others, search.value, others);
  const first = () => /** @type {HTMLInputElement | null} */ (others.querySelector("[data-words]:not([hidden]) input"));
  const settle = () => {
    const n = tied.children.length;
    [tied.hidden, untied.hidden] = [!n, Boolean(n)];
    if (count) count.textContent = String(n);
  };

  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    const found = first();
    if (!found || !["ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    found.checked = true;
    (event.key === "Enter" ? reason : found).focus();
  });

  look();
  form.addEventListener("submit", async (event) => {
    const picked = /** @type {HTMLInputElement | null} */ (others.querySelector("input:checked"));
    if (!picked) return;
    event.preventDefault();
    if (!reason.value.trim()) {
      told.textContent = "Say in a sentence why the two belong together.";
      return reason.focus();
    }
    const option = /** @type {HTMLElement} */ (picked.closest("[data-words]"));
    const words = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const row = made(board, option, reason.value.trim());
    tied.append(row);
    take(option, true);
    settle();
    const kept = reason.value;
    [reason.value, search.value, told.textContent] = ["", "", ""];
    look();
    search.focus();
    const answer = await post(form.action, words);
    if (answer.reason) {
      row.remove();
      take(option, false);
      picked.checked = true;
      reason.value ||= kept;
      told.textContent = answer.reason;
    } else {
      const removing = row.querySelector("form");
      if (removing) removing.action = removing.action.replace(/[0-9a-f-]{36}\/[0-9a-f-]{36}\/remove/, `${answer.tied[0]}/${answer.tied[1]}/remove`);
      delete row.dataset.s;
      told.textContent = "Tied.";
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
    const option = others.querySelector(`input[value="${row.dataset.tie}"]`)?.closest("[data-words]");
    if (option instanceof HTMLElement) take(option, false);
    row.remove();
    settle();
    look();
    search.focus();
  });
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
