// @ts-check
/** The words the screen uses for codes that travel in events. */

/** What a person counts in a sweep, in the order of the count; the rules’ own words are the shorter ones of reports. */
export const COUNTED = {
  peer: "Talking with a classmate",
  teacher: "With the teacher",
  headphones: "In headphones",
  device: "Silent on a device",
  listening: "Listening as a group",
  quiet: "Reading or writing",
  other: "Off task, moving, waiting",
};

/** What fits beside a look-for. */
export const SHORT_MARKS = { not_seen: "Not seen", no_chance: "No chance", not_applicable: "n/a" };

export const QUESTIONS = {
  now: "“Where are you now?”",
  going: "“Where are you going?”",
  how: "“How will you get there?”",
};

/** @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
