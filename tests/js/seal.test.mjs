/** What leaves a device sealed: by itself, without a page or a database. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";

globalThis.crypto ??= webcrypto;
const { read, seal, written } = await import("../../static/js/seal/box.js");
const { eventOf } = await import("../../static/js/seal/ends.js");
const { parcels } = await import("../../static/js/seal/leave.js");

const { subtle } = webcrypto;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const entry = (seq, more = {}) => ({ id: `e${seq}`, person: "holt", walkthrough: "w", device: "d", seq, state: "waiting", event: { id: `e${seq}`, text: "x" }, ...more });

test("a box opens with the school’s private key and shows each event’s own text and mark", async () => {
  const pair = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const school = { key_id: "k", public_key: written(await subtle.exportKey("raw", pair.publicKey)), until: "" };
  const odd = { id: "e1", text: "half \ud83d and Ünïcode" };
  const sealed = await seal(school, "d", [entry(1, { event: odd, mac: new Uint8Array([1, 2, 255]).buffer }), entry(2)]);
  const epk = read(sealed.epk);
  const theirs = await subtle.importKey("raw", epk, CURVE, false, []);
  const common = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const base = await subtle.importKey("raw", common, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: epk, info: new TextEncoder().encode("crosswalk box 1") };
  const key = await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const additionalData = new TextEncoder().encode([sealed.id, "k", "holt", "d"].join("\n"));
  const inside = JSON.parse(new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv: read(sealed.iv), additionalData }, key, read(sealed.box))));
  assert.equal(inside[0][0], JSON.stringify(odd));
  assert.deepEqual(JSON.parse(inside[0][0]), odd);
  assert.deepEqual([...read(inside[0][1])], [1, 2, 255]);
  assert.equal(inside[1][1], "");
});

test("each visit is a parcel of its own, in order, and a long one is several", () => {
  const long = Array.from({ length: 450 }, (_, i) => entry(450 - i));
  const other = [entry(1, { walkthrough: "v" }), entry(1, { person: "reyes", walkthrough: "u" })];
  const found = parcels([...long, ...other]);
  assert.deepEqual(found.map((parcel) => parcel.length), [200, 200, 50, 1, 1]);
  assert.deepEqual(found[0].map(({ seq }) => seq), Array.from({ length: 200 }, (_, i) => i + 1));
  for (const parcel of found) assert.equal(new Set(parcel.map(({ person, walkthrough }) => person + walkthrough)).size, 1);
});

test("a parcel stays far below what one request may hold", () => {
  const heavy = Array.from({ length: 9 }, (_, i) => entry(i, { event: { text: "x".repeat(100_000) } }));
  assert.ok(parcels(heavy).every((parcel) => JSON.stringify(parcel).length < 400_000));
});

test("what came from the school and bears no mark is not sealed; what nobody confirmed always is", () => {
  const mac = new ArrayBuffer(32);
  const entries = [entry(1, { state: "stored" }), entry(2, { state: "stored", mac }), entry(3), entry(4, { state: "refused" })];
  assert.deepEqual(parcels(entries).flat().map(({ seq }) => seq), [2, 3, 4]);
});

test("what was open on the screen becomes what it would have become by its button", () => {
  const [kind, note] = eventOf("note", { note: null, text: " zero ", speaker: "student", slot: null, goes: "none" });
  assert.equal(kind, "note_written");
  assert.deepEqual([note.text, note.speaker, note.look_fors], ["zero", "student", []]);
  assert.deepEqual(eventOf("sweep", { counts: { peer: 3, quiet: 0 }, began_at: "t", steps: [] }), ["sweep_taken", { counts: { peer: 3, quiet: 0 }, began_at: "t" }]);
  assert.deepEqual(eventOf("topics", { groups: [4, 0], alone: 2, open: true }), ["topics_grouped", { sizes: [4, 1, 1] }]);
  assert.equal(eventOf("quote-B", "we tried both")[1].text, "we tried both");
});

test("an untouched draft, and the mode one was in, become nothing", () => {
  for (const [name, draft] of [["note", { text: "  " }], ["sweep", { counts: { peer: 0 } }], ["topics", { groups: [0, 0], alone: 0 }], ["quote-A", ""], ["mode", "sweep"]]) assert.equal(eventOf(name, draft), null);
});
