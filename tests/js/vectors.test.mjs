// The shared vectors through the phone's own fold and check.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { check, check_input } from "../../static/js/capture/discourse.js";
import { fold } from "../../static/js/capture/fold.js";

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

function expected(reading) {
  const { verdict, confidence, reasons, valid_sweeps, student_moments, shares, topics } = reading;
  const shown = confidence === null ? { verdict, reasons } : { verdict, confidence, reasons };
  if (verdict === "not_applicable") return shown;
  return { ...shown, valid_sweeps, student_moments, ...shares, topics };
}

const discourse = read("discourse");
for (const vector of discourse.vectors) {
  test(`discourse: ${vector.name}`, () => {
    const reading = check(vector.input);
    assert.deepEqual(expected(reading), vector.expected);
    if (vector.explain) assert.equal(reading.explain, vector.explain);
  });
}

for (const vector of read("capture")) {
  const events = vector.events.map((event) => ({ ...event, walkthrough: "w" }));
  test(`capture: ${vector.name}`, () => {
    for (const some of [events, [...events].reverse(), [...events, ...events]]) {
      const { observed } = fold(some);
      const input = check_input(observed);
      const found = { ...observed, check_input: input, check: check(input) };
      for (const [name, value] of Object.entries(vector.expect)) {
        const part = name.startsWith("check");
        (part ? assert.partialDeepStrictEqual : assert.deepEqual)(found[name], value, name);
      }
    }
  });
}
