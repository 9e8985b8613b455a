/** What the phone makes of words as they are typed. */
import assert from "node:assert/strict";
import test from "node:test";
import { likelyName } from "../../static/js/capture/names.js";
import { completed, learned, offered } from "../../static/js/capture/phrases.js";

const KNOWN = ["Ms. Okafor", "Math 7", "Students build on each other’s ideas out loud"];

test("a capital in the middle of a sentence, or before a verb of speaking, looks like a name", () => {
  for (const [text, name] of [["then Maria added a reason", "Maria"], ["Jaylen said it was slope", "Jaylen"], ["Two pairs waited. I asked Noor’s partner", "Noor’s"], ["A student helped José", "José"]]) {
    assert.equal(likelyName(text, KNOWN), name, text);
  }
});

test("what schools write with a capital does not", () => {
  for (const text of ["Students compared two ways", "Ms. Okafor asked why", "in Math on Monday they read English", "One pair said “I see it”", "Partners explained it. Teacher listened", "Mr. Reyes came in", ""]) {
    assert.equal(likelyName(text, KNOWN), null, text);
  }
});

test("a phrase is learned when it stands in a second note, and the most used comes first", () => {
  const notes = [
    { note: "a", text: "Wait time after the question. Pairs compare answers" },
    { note: "b", text: "pairs compare answers; wait time after the question" },
    { note: "c", text: "Pairs compare answers.\nOnly once here" },
  ];
  assert.deepEqual(learned(notes), ["Pairs compare answers", "Wait time after the question"]);
  assert.deepEqual(learned(notes.slice(0, 1)), []);
});

test("phrases follow what is being typed, and are not offered twice", () => {
  const phrases = ["Pairs compare answers", "Wait time after the question"];
  assert.deepEqual(offered(phrases, ""), phrases);
  assert.deepEqual(offered(phrases, "Seen twice. wai"), ["Wait time after the question"]);
  assert.deepEqual(offered(phrases, "Pairs compare answers. "), ["Wait time after the question"]);
  assert.equal(completed("Seen twice. wai", phrases[1]), "Seen twice. Wait time after the question. ");
  assert.equal(completed("", phrases[0]), "Pairs compare answers. ");
});
