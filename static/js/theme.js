// Before the first paint: the theme this person chose on this device ("", light, dark, or dark during visits).
{
  let chosen = "";
  try {
    chosen = localStorage.getItem("theme") ?? "";
  } catch {
    // Storage may be closed to us; then the device decides.
  }
  if (chosen === "visits") chosen = location.pathname.startsWith("/capture") ? "dark" : "";
  if (chosen) document.documentElement.dataset.theme = chosen;
}
