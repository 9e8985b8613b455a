// @ts-check
/** The quiet screens around a visit: a header, what is said, and what to press under the thumb. */

import { fill, find, h, icon } from "./dom.js";

/** A quiet screen without a dock. @param {string} title @param {any} said what the header says @param {...any} children */
export function screen(title, said, ...children) {
  document.title = `${title} · Crosswalk`;
  find(".dock")?.remove();
  const head = h("header", { class: "cap-head", id: "head" }, h("a", { class: "btn quiet", href: "/", "aria-label": "Back to Today" }, icon("back")), h("div", {}, said), h("span", {}));
  find("#head").replaceWith(head);
  fill(find("#main"), ...children);
}

/** What to press next, under the thumb. @param {any} actions */
export const below = (actions) => find("#main").after(h("footer", { class: "dock" }, actions));

/** Whose visit it is, for the header. @param {import("./visit.js").Visit} visit */
export const whose = (visit) => h("p", {}, h("span", {}, h("b", {}, visit.walk.form.teacher?.name ?? "A visit"), visit.about() && ` · ${visit.about()}`));

/** @param {string} title @param {string} words @param {any} [more] */
export const halt = (title, words, more) => screen(title, null, h("div", { class: "stack" }, h("h1", { tabindex: "-1" }, title), h("p", {}, words), more,
  h("button", { class: "btn go", type: "button", onclick: () => location.reload() }, "Try again")));
