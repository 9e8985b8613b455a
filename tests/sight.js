// Runs in the page under test, beside axe: which looks are there to be judged, and what axe says.

const clear = (color) => color === "transparent" || /, 0\)$|\/ 0\)$/.test(color);

/** What lies behind an element: every ground up to the first that nothing shines through. */
const ground = (element) => {
  const found = [];
  for (let part = element; part; part = part.parentElement) {
    const style = getComputedStyle(part);
    if (style.opacity !== "1" || style.filter !== "none") {
      found.push(style.opacity, style.filter);
    }
    if (!clear(style.backgroundColor) || style.backgroundImage !== "none") {
      found.push(style.backgroundColor, style.backgroundImage);
    }
    if (/^rgb\(|^#/.test(style.backgroundColor)) {
      break;
    }
  }
  return found.join();
};

/** Everything that decides whether the words of an element can be read. */
const look = (element) => {
  const { color, fontSize, fontWeight, textShadow, textDecorationLine } = getComputedStyle(element);
  const around = getComputedStyle(element.parentElement ?? element).color;
  const link = element.localName === "a" ? [textDecorationLine, around] : [];
  return [color, ground(element), fontSize, fontWeight, textShadow, ...link].join(" ");
};

const speaks = (element) =>
  element.matches("input, select, textarea") ||
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

const shown = () => [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility());

const told = (results) =>
  results.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`),
  );

let seen = new WeakSet();

globalThis.sight = {
  /** The looks of all words on the page as it stands. */
  looks: () => [...new Set(shown().filter(speaks).map(look))],

  /** What axe objects to in words of these looks, and which looks it passed. */
  judge: async ([fresh, options]) => {
    const wanted = new Set(fresh);
    const include = shown().filter((one) => speaks(one) && wanted.has(look(one)));
    const results = await axe.run({ include }, { ...options, elementRef: true });
    const passed = results.passes.filter((one) => one.id === "color-contrast");
    const sound = new Set(passed.flatMap((one) => one.nodes.map((node) => look(node.element))));
    for (const one of results.violations.flatMap((rule) => rule.nodes)) {
      sound.delete(look(one.element));
    }
    return { faults: told(results), sound: [...sound] };
  },

  /** What axe objects to on the whole page. */
  whole: async (options) => {
    seen = new WeakSet(shown());
    return told(await axe.run(document, options));
  },

  /** What axe objects to in what has come to be seen since the whole page was looked at. */
  rest: async (options) => {
    const include = shown().filter((one) => !seen.has(one));
    return include.length ? told(await axe.run({ include }, options)) : [];
  },
};
