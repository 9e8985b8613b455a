// Runs in the page under test, beside axe: which looks are there to be judged, and what axe says.

const clear = (color) => color === "transparent" || /, 0\)$|\/ 0\)$/.test(color);

/** What lies behind an element: every ground up to the first that nothing shines through. */
const ground = (element) => {
  const found = [];
  let open = true;
  for (let part = element; part; part = part.parentElement) {
    const { opacity, filter, backgroundColor, backgroundImage } = getComputedStyle(part);
    if (opacity !== "1" || filter !== "none") {
      found.push(opacity, filter); // which fade the whole part, its ground included
    }
    if (open && (!clear(backgroundColor) || backgroundImage !== "none")) {
      found.push(backgroundColor, backgroundImage);
    }
    open &&= !backgroundColor.startsWith("rgb(");
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

const shown = () => [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility());

/** Axe decides nothing about a single letter, nor about what nobody sees. */
const reads = (element) => {
  const box = element.getBoundingClientRect();
  const there =
    box.right > 0 &&
    box.bottom > 0 &&
    element.checkVisibility({ opacityProperty: true }) &&
    !element.closest(".vh, .skip:not(:focus)");
  const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const place = element.matches("input, select, textarea");
  return there && (place || words.some((node) => node.data.trim().length > 1));
};

const words = () => shown().filter(reads);

const told = (results) =>
  results.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`),
  );

/** A ground in shades is never decided by axe, on whatever page. */
const shaded = (node) => /^bg(Gradient|Image)$/.test(node.any[0]?.data?.messageKey);

const contrasts = (rules) =>
  rules.filter((one) => one.id === "color-contrast").flatMap((one) => one.nodes);

const looks = (nodes) => nodes.map((node) => look(node.element));

let seen = new WeakSet();

globalThis.sight = {
  /** The looks of all words on the page as it stands. */
  looks: () => [...new Set(words().map(look))],

  /** What axe objects to in words of these looks, and which looks it need not be asked about. */
  judge: async ([fresh, options]) => {
    const wanted = new Set(fresh);
    const include = words().filter((one) => wanted.has(look(one)));
    const results = await axe.run({ include }, { ...options, elementRef: true });
    const settled = [...contrasts(results.passes), ...contrasts(results.incomplete).filter(shaded)];
    const wrong = new Set(looks(results.violations.flatMap((one) => one.nodes)));
    const known = looks(settled).filter((one) => !wrong.has(one));
    return { faults: told(results), known };
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
