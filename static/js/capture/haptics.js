// @ts-check
/** What the hand feels: short, different for a tap, a step and an undo, and off when the person says so. */

let on = true;

/** @param {boolean} wanted */
export const feel = (wanted) => {
  on = wanted;
};

/** @param {number | number[]} pattern */
const buzz = (pattern) => {
  if (on) navigator.vibrate?.(pattern);
};

export const tapped = () => buzz(10);
export const stepped = () => buzz(6);
export const undone = () => buzz([8, 40, 8]);
export const reminded = () => buzz([60, 120, 60]);
