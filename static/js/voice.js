// Reads a student's page aloud where the browser can; hidden where it cannot. Another language
// takes along what was chosen.
const asked = document.querySelector("form");
const other = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".top a[hreflang]"));
if (asked?.method === "post") other?.addEventListener("click", (event) => {
  event.preventDefault();
  const instead = Object.assign(document.createElement("input"), { type: "hidden", name: "instead", value: other.hreflang });
  asked.append(instead);
  asked.submit();
});

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-read]"));
const words = button?.querySelector("span");

if (button && words && "speechSynthesis" in window) {
  const before = words.textContent;
  const quiet = () => { words.textContent = before; };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      quiet();
      return;
    }
    words.textContent = button.dataset.stop ?? before;
    const parts = [...document.querySelectorAll("[data-say]")].map(part => part.textContent?.trim() ?? "");
    parts.forEach((text, place) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = document.documentElement.lang;
      if (place === parts.length - 1) said.onend = quiet;
      said.onerror = quiet;
      speechSynthesis.speak(said);
    });
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
