/** The least that could do the same: forty look-fors, a tap shown at once and kept with strict durability. */

const FORTY = 40;
const list = document.querySelector("ul");

const open = new Promise((resolve, reject) => {
  const request = indexedDB.open("floor", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("events", { keyPath: "id" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const db = await open;

function keep(event) {
  db.transaction("events", "readwrite", { durability: "strict" }).objectStore("events").put(event);
}

for (let number = 1; number <= FORTY; number += 1) {
  const button = document.createElement("button");
  const words = document.createElement("span");
  const count = document.createElement("b");
  words.textContent = `Students do the thing that look-for ${number} describes`;
  button.append(words, count);
  button.addEventListener("click", () => {
    const n = Number(button.dataset.n ?? 0) + 1;
    button.dataset.n = String(n);
    count.textContent = String(n);
    keep({ id: crypto.randomUUID(), at: new Date().toISOString(), kind: "look_for_marked", data: { look_for: number, mark: "seen" } });
  });
  const item = document.createElement("li");
  item.append(button);
  list.append(item);
}

navigator.serviceWorker?.register("sw.js");
