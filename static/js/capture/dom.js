// @ts-check
/** Builds elements from plain values: words go in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {any} Child a node, words, a number, a list of these, or nothing */

/**
 * Sets what a property says: `on…` a listener, `data` a data set, `true` a bare attribute.
 * @param {Element} element @param {Record<string, any>} props
 */
function dress(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(/** @type {any} */ (element).dataset, value);
    else if (name === "value") /** @type {any} */ (element).value = value;
    else if (name === "checked") /** @type {any} */ (element).checked = true;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {Child[]} children @returns {(Node | string)[]} */
const nodes = (children) =>
  children.flat().flatMap((c) => (c === null || c === undefined || c === false ? [] : [c instanceof Node ? c : String(c)]));

/**
 * @param {string} tag @param {Record<string, any>} [props] @param {...Child} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, props);
  element.append(...nodes(children));
  return element;
}

/** @param {string} tag @param {Record<string, any>} [props] @param {...Child} children @returns {any} */
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  dress(element, props);
  element.append(...nodes(children));
  return element;
}

/** @type {Map<string, SVGElement>} */
const drawn = new Map();

/** A picture of the page's sprite, as a copy: a reference to it costs a tree of its own each time. @param {string} name @returns {any} */
export function icon(name) {
  if (!drawn.has(name)) {
    const symbol = document.getElementById(`i-${name}`);
    drawn.set(name, s("svg", { "aria-hidden": "true", viewBox: symbol?.getAttribute("viewBox") }, ...(symbol?.cloneNode(true).childNodes ?? [])));
  }
  return drawn.get(name)?.cloneNode(true);
}

/** Words for screen readers only. @param {...Child} children */
export const hidden = (...children) => h("span", { class: "vh" }, ...children);

/** Replaces what an element holds. @param {Element} element @param {...Child} children */
export const fill = (element, ...children) => element.replaceChildren(...nodes(children));

/** Writes only what changed, so that a repaint of an unchanged screen costs nothing. @param {Element} element @param {string} words */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** @param {Element} element @param {string} name @param {string | null} value */
export function mark(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** A button that acts. @param {string} words @param {() => void} act @param {Record<string, any>} [props] @param {string} [picture] */
export const button = (words, act, props = {}, picture) =>
  h("button", { class: "btn", type: "button", onclick: act, ...props }, picture && icon(picture), words);

/** Acts once what has just changed is on the screen. @param {() => void} act */
export const afterPaint = (act) => requestAnimationFrame(() => setTimeout(act));

/** @param {string} selector @param {ParentNode} [within] @returns {any} */
export const find = (selector, within = document) => within.querySelector(selector);
