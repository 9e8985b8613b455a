/** The outbox by itself: no page, no database, no network. */
import assert from "node:assert/strict";
import test from "node:test";
import { Outbox, fitting, meaning } from "../../static/js/capture/outbox.js";

const asked = new Set(["a", "b"]);
const ours = (status, body = {}) => ({ status, body: { server: "crosswalk", ...body } });

/** A line of events in memory, and a school that answers as told. */
function made(count, answers) {
  const waiting = Array.from({ length: count }, (_, i) => ({ id: `e${i}`, event: { id: `e${i}` } }));
  const settled = [];
  const timers = [];
  const sent = [];
  const line = {
    take: async (limit) => waiting.slice(0, limit),
    count: async () => waiting.length,
    settle: async (results) => {
      settled.push(...results);
      for (const { id } of results) waiting.splice(waiting.findIndex((e) => e.id === id), 1);
    },
  };
  const post = async (events) => {
    sent.push(events.length);
    const answer = answers(events, sent.length);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const outbox = new Outbox({ line, post, clock: () => 0, random: () => 1, later: (act, ms) => timers.push({ act, ms }), cancel: () => undefined });
  return { outbox, line, waiting, settled, timers, sent };
}

const stored = (events) => ours(200, { results: events.map(({ id }) => ({ id, outcome: "stored" })) });

test("only a body that says it is ours is an answer", () => {
  const portal = { status: 200, body: null };
  assert.equal(meaning(portal, asked).kind, "later");
  assert.equal(meaning({ status: 200, body: { results: [{ id: "a", outcome: "stored" }] } }, asked).kind, "later");
  assert.equal(meaning({ status: 401, body: {} }, asked).kind, "later");
  assert.equal(meaning(ours(401), asked).kind, "signed_out");
});

test("somebody else signed in here stops the sending and refuses nothing", () => {
  assert.equal(meaning(ours(409, { reason: "These are somebody else’s." }), asked).kind, "signed_out");
});

test("an outcome nobody asked for or nobody knows settles nothing", () => {
  const results = [{ id: "z", outcome: "stored" }, { id: "a", outcome: "maybe" }];
  assert.equal(meaning(ours(200, { results }), asked).kind, "later");
});

test("all that waits is sent in batches of two hundred", async () => {
  const { outbox, waiting, sent } = made(450, stored);
  await outbox.now();
  assert.deepEqual(sent, [200, 200, 50]);
  assert.equal(waiting.length, 0);
  assert.equal(outbox.phase, "idle");
});

test("an event the answer leaves out is sent again", async () => {
  const { outbox, settled } = made(3, (events, turn) => stored(turn === 1 ? events.slice(1) : events));
  await outbox.now();
  assert.deepEqual(settled.map(({ id }) => id), ["e1", "e2", "e0"]);
});

test("a batch too large is halved until the one at fault stands alone, with its reason", async () => {
  const bad = (events) => (events.some(({ id }) => id === "e5") ? ours(413, { reason: "Too large." }) : stored(events));
  const { outbox, settled, waiting } = made(8, bad);
  await outbox.now();
  assert.equal(waiting.length, 0);
  assert.deepEqual(settled.filter(({ outcome }) => outcome !== "stored"), [{ id: "e5", outcome: "refused", reason: "Too large." }]);
});

test("a failure waits twice as long each time, and a success forgets it", async () => {
  let up = false;
  const { outbox, timers } = made(1, (events) => (up ? stored(events) : new Error("no network")));
  for (let i = 0; i < 10; i += 1) await outbox.now();
  assert.deepEqual(timers.map(({ ms }) => ms / 1000), [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  up = true;
  await outbox.now();
  assert.equal(outbox.failures, 0);
});

test("the school’s Retry-After is kept to, also when the page becomes visible", async () => {
  const { outbox, timers, sent } = made(1, () => ({ ...ours(503), retryAfter: 90 }));
  await outbox.now();
  assert.equal(timers[0].ms, 90_000);
  await outbox.wake();
  assert.equal(sent.length, 1);
});

test("signed out keeps everything, and goes on after the sign-in", async () => {
  let inside = false;
  const { outbox, waiting } = made(5, (events) => (inside ? stored(events) : ours(401, { reason: "Sign in." })));
  await outbox.now();
  assert.equal(outbox.phase, "signed_out");
  assert.equal(waiting.length, 5);
  inside = true;
  await outbox.signedIn();
  assert.equal(waiting.length, 0);
  assert.equal(outbox.away, false);
});

test("a network that fails does not make a signed-out phone forget that it is", async () => {
  const answers = [ours(401), ours(503)];
  const { outbox } = made(2, () => answers.shift());
  await outbox.now();
  await outbox.now();
  assert.equal(outbox.phase, "waiting");
  assert.equal(outbox.away, true);
});

test("a sign-in while the answer to an older question is on its way is not forgotten", async () => {
  let [inside, older] = [false, () => undefined];
  const held = new Promise((resolve) => (older = resolve));
  const { outbox, waiting } = made(2, (events) => (inside ? stored(events) : ours(401)));
  const { post } = outbox;
  outbox.post = async (events) => {
    const answer = await post(events);
    await held;
    return answer;
  };
  const running = outbox.now();
  await new Promise((resolve) => setTimeout(resolve));
  inside = true;
  void outbox.now();
  older();
  await running;
  await outbox.running;
  assert.equal(waiting.length, 0);
});

test("nothing counts as safe between a tap and its answer", async () => {
  const { outbox } = made(1, stored);
  await outbox.now();
  assert.equal(outbox.left, 0);
  outbox.added();
  assert.equal(outbox.left, 1);
});

test("a tap made while the line is being counted is not taken for safe", async () => {
  for (const asked of ["count", "take"]) {
    const { outbox, waiting, line, sent } = made(1, stored);
    const answer = line[asked];
    const seen = [];
    line[asked] = async (...all) => {
      const before = await answer(...all);
      if (sent.length === 1 && !seen.length) {
        outbox.added();
        seen.push(outbox.left);
        queueMicrotask(() => waiting.push({ id: "new", event: { id: "new" } }));
      }
      return before;
    };
    outbox.changed = () => seen.length && sent.length === 1 && seen.push(outbox.left);
    await outbox.now();
    assert.ok(seen.length > 1, asked);
    assert.ok(!seen.includes(0), `${asked}: ${seen}`);
  }
});

test("a request stays under one mebibyte, and holds at least one event", () => {
  const big = Array.from({ length: 5 }, (_, i) => ({ id: `${i}`, event: { text: "x".repeat(300_000) } }));
  assert.equal(fitting(big).length, 3);
  assert.equal(fitting([{ id: "0", event: { text: "x".repeat(2_000_000) } }]).length, 1);
});
