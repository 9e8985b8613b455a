/** Ids and clocks made on the phone. */
import assert from "node:assert/strict";
import test from "node:test";
import { elapsedClock, stretch } from "../../static/js/capture/clock.js";
import { uuid7 } from "../../static/js/capture/ids.js";

test("ids are UUIDv7, sort as they were made, and never repeat", () => {
  const ids = Array.from({ length: 10_000 }, () => uuid7(1_795_000_000_000));
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a clock set back does not disturb the order of ids", () => {
  const later = uuid7(1_796_000_000_000);
  assert.ok(uuid7(1_700_000_000_000) > later);
});

test("elapsed time goes on through sleep, and never back with the wall clock", () => {
  let [wall, steady] = [1_000_000, 0];
  const elapsed = elapsedClock({ elapsed: 5_000, at: 1_000_000 }, { wall: () => wall, steady: () => steady });
  assert.equal(elapsed(), 5_000);
  [wall, steady] = [wall + 60_000, steady + 1_000]; // asleep for most of a minute
  assert.equal(elapsed(), 65_000);
  [wall, steady] = [wall - 3_600_000, steady + 2_000]; // set back an hour
  assert.equal(elapsed(), 67_000);
});

test("time in the room reads like a clock", () => {
  assert.equal(stretch(702_000), "11:42");
  assert.equal(stretch(3_723_000), "1:02:03");
  assert.equal(stretch(-5), "0:00");
});
