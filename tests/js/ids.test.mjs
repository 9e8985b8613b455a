/** Ids and clocks made on the phone. */
import assert from "node:assert/strict";
import test from "node:test";
import { walkClock, stretch } from "../../static/js/capture/clock.js";
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

/** A walk's clock with hands: what the wall shows, and what has passed. */
function clocks(since) {
  const now = { wall: since.at, steady: 0 };
  const clock = walkClock(since, { wall: () => now.wall, steady: () => now.steady });
  return { now, clock };
}

test("a wall clock set back or forward while the page is in view moves nothing", () => {
  const { now, clock } = clocks({ elapsed: 5_000, at: 1_000_000 });
  now.wall -= 3_600_000;
  now.steady += 2_000;
  assert.equal(clock.elapsed(), 7_000);
  now.wall += 7_200_000;
  now.steady += 1_000;
  assert.equal(clock.elapsed(), 8_000);
  assert.equal(clock.now(), 1_003_000);
});

test("time goes on while the phone sleeps, whatever its steady clock says", () => {
  const { now, clock } = clocks({ elapsed: 0, at: 1_000_000 });
  clock.seen(false);
  now.wall += 60_000; // asleep for most of a minute
  now.steady += 1_000;
  clock.seen(true);
  assert.equal(clock.elapsed(), 60_000);
  now.wall += 60_000; // and set forward once it is in view again
  assert.equal(clock.elapsed(), 60_000);
});

test("a page loaded again goes on from the last event, and never before it", () => {
  const late = walkClock({ elapsed: 5_000, at: 1_000_000 }, { wall: () => 1_090_000, steady: () => 0 });
  assert.equal(late.elapsed(), 95_000);
  const back = walkClock({ elapsed: 5_000, at: 1_000_000 }, { wall: () => 400_000, steady: () => 0 });
  assert.equal(back.elapsed(), 5_000);
  assert.equal(back.now(), 1_000_000);
});

test("a tab goes on from what another tab of the phone has written", () => {
  const { now, clock } = clocks({ elapsed: 0, at: 1_000_000 });
  clock.reach(9_000);
  now.steady += 500;
  assert.equal(clock.elapsed(), 9_500);
});

test("time in the room reads like a clock", () => {
  assert.equal(stretch(702_000), "11:42");
  assert.equal(stretch(3_723_000), "1:02:03");
  assert.equal(stretch(-5), "0:00");
});
