// @ts-check
/** Does a note name a child? A gentle guess, made on this phone alone; nothing is held back for it. */

const NOT_NAMES = new Set((
  "i a an the and but so then when while after before in on at to for with by of no not yes ok " +
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december " +
  "english spanish french math science history algebra geometry biology chemistry physics art music reading writing " +
  "student students teacher teachers class group groups partner partners pair pairs table tables station room screen one two three four five six some most all many few both each every everyone nobody somebody someone he she they we you it this that these those there here what why how who where").split(" "));
const SPEAKS = /^(?:said|says|asked|asks|answered|answers|told|tells|explained|explains|shared|shares|raised|raises|showed|shows|helped|helps|read|reads|wrote|writes)$/;
const WORD = /[\p{L}’'-]+/gu;

/**
 * A word that looks like a student’s name, or null: a capital in the middle of a sentence, or at its start before
 * a verb of speaking. Titles, words of the class and what schools write with a capital are left alone.
 * @param {string} text @param {string[]} known words that are no child’s: the teacher’s, the class’s, the look-fors’
 * @returns {string | null}
 */
export function likelyName(text, known = []) {
  const fine = new Set([...NOT_NAMES, ...known.flatMap((words) => words.toLowerCase().match(WORD) ?? [])]);
  for (const sentence of text.split(/[.!?:\n“”"]+/)) {
    const words = sentence.match(WORD) ?? [];
    for (const [i, word] of words.entries()) {
      const name = /^\p{Lu}\p{Ll}{2,}/u.test(word) && !fine.has(word.toLowerCase().replace(/[’']s$/, ""));
      if (name && !/^(?:Ms|Mr|Mrs|Mx|Dr)$/.test(words[i - 1] ?? "") && (i > 0 || SPEAKS.test(words[1] ?? ""))) return word;
    }
  }
  return null;
}
