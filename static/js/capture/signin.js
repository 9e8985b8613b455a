// @ts-check
/** Signing in without leaving the screen: nothing on the phone is touched while it is asked. */

import { h, say } from "./dom.js";
import { signIn } from "./courier.js";

/** @param {{why: string, done: (person: {id: string, name: string}) => void}} parts */
export function signInForm({ why, done }) {
  const email = h("input", { type: "email", name: "email", autocomplete: "username", required: true });
  const password = h("input", { type: "password", name: "password", autocomplete: "current-password", required: true });
  const said = h("p", { class: "small", role: "alert" });
  const go = h("button", { class: "btn go" }, "Sign in");
  const form = h("form", { class: "card stack", "aria-label": "Sign in" }, h("p", {}, why),
    h("label", { class: "stack tight small" }, h("b", {}, "E-mail"), email),
    h("label", { class: "stack tight small" }, h("b", {}, "Password"), password), said, go);
  form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const { status, body } = await signIn(email.value, password.value);
      if (status === 200 && body?.person?.id) return done(body.person);
      say(said, body?.reason ?? "Everything is still on this phone. The school could not be reached: try again in a moment.");
    } catch {
      say(said, "Everything is still on this phone. There is no network: try again in a moment.");
    } finally {
      go.disabled = false;
    }
  });
  return form;
}
