// @ts-check
/** Opens the journal, the kit and the outbox, and puts the right screen up: start, visit, or finish. */

import { afterPaint, h } from "./dom.js";
import { stayAwake } from "./awake.js";
import { beforeVisit } from "./before.js";
import { applyChoices, keepChoices, readChoices } from "./choices.js";
import { pause } from "./clock.js";
import { closing } from "./closing.js";
import { askHeld, sendEvents } from "./courier.js";
import { below, halt, screen } from "./frame.js";
import { uuid7 } from "./ids.js";
import { Journal, StorageFault } from "./journal.js";
import { chosenFrom, freshKit, frozen, keptKit } from "./kit.js";
import { Outbox } from "./outbox.js";
import { lastSafe, lookBack, offerAgain } from "./reoffer.js";
import { roomOf } from "./rooms.js";
import { signInForm } from "./signin.js";
import { startScreen } from "./start.js";
import { askToStay } from "./storage.js";
import { standing, syncLine } from "./status.js";
import { Visit } from "./visit.js";
import { begin, resume } from "./walk.js";
import { keepReady } from "./worker.js";

/** On a phone that is new here the look-fors come first, and the rest once a visit is open, or after a while. */
const START_MS = 2_000;
let restMayCome = () => {};
/** @type {Promise<void>} */
const calm = new Promise((done) => (restMayCome = done));

/** A visit keeps the words it began with: one that begins while newer ones are on their way waits for them, not long. */
const NEWER_MS = 1_000;
let kitIsNew = () => {};
/** @type {Promise<void>} */
const newKit = new Promise((done) => (kitIsNew = done));

const journal = new Journal();
const choices = readChoices();
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("crosswalk") : null;

/** @typedef {{device: string, kit: any, person: string, visit: Visit | null, sending: any, startLine: any, leaving: boolean, mark: (events: any[]) => void}} Now */

/** What the page holds now. @type {Now} */
const now = { device: "", kit: null, person: "", visit: null, sending: null, startLine: null, leaving: false, mark: () => undefined };

const outbox = new Outbox({
  line: {
    take: (limit) => journal.inState(now.person, "waiting", limit),
    settle: (results) => journal.settle(results, Date.now()),
    count: () => (now.person ? journal.count(now.person, "waiting") : Promise.resolve(0)),
  },
  post: send,
  changed: showStanding,
});

const { finish, openSending, showSending } = closing(now, { journal, outbox, reopen: (visit) => openVisit(visit.walk, visit.mode) });

/** A school that lost what it had confirmed is offered that again before this answer counts. @param {any[]} events */
async function send(events) {
  const { device, person } = now;
  const answer = await sendEvents(device, person, events, await lastSafe(journal, person));
  if (answer.body?.server === "crosswalk" && answer.body.lost) await offerAgain(journal, person, (ids) => askHeld(person, ids));
  return answer;
}

/** Does the school still hold what it confirmed? Asked once at each load; an unreachable school is asked next time. */
async function offerBack() {
  const { person } = now;
  if (!person) return;
  const lost = await lookBack(journal, person, (ids) => askHeld(person, ids), Date.now()).catch(() => 0);
  if (lost) void outbox.now();
}

function showStanding() {
  now.visit?.line.show(standing(outbox, now.visit.walk, true));
  now.startLine?.show(standing(outbox, null, false));
  if (now.startLine) now.startLine.line.hidden = !outbox.left && !outbox.safeAt;
  void showSending();
}

/** @param {string} fragment */
const place = (fragment) => new URLSearchParams(fragment.replace(/^#/, ""));

/** @param {import("./walk.js").Walk} walk @param {string} mode */
async function openVisit(walk, mode) {
  now.sending = null;
  now.startLine = null;
  const visit = new Visit({
    walk, journal, choices, mode: mode || (choices.at.walk === walk.id && choices.at.mode) || "look", finish: () => void finish(),
    moved: (to) => {
      const address = `#walk=${walk.id}&mode=${to}`;
      if (location.hash !== address) history.replaceState(null, "", address); // not for nothing before a first paint
      choices.at = { walk: walk.id, mode: to }; // kept at once: a row in the journal would not outrun a page that is left
      keepChoices({ at: choices.at });
    },
  });
  walk.later = afterPaint;
  walk.added = () => {
    outbox.added();
    showStanding(); // at once: nobody should read “safe” of a tap that is not
  };
  walk.changed = (event) => {
    if (event) visit.tell(event);
    visit.update();
  };
  walk.kept = (events) => {
    for (const event of events) tabs?.postMessage(event);
    now.mark(events);
    showStanding();
    if (events.length) outbox.soon();
  };
  now.visit = visit;
  applyChoices(choices);
  stayAwake(true);
  await visit.show();
  showStanding();
  restMayCome();
}

/** @param {string | null} teacher @param {string | null} [room] its four letters @param {boolean} [away] the network failed just now */
async function openStart(teacher, room = null, away = false) {
  now.visit = null;
  now.sending = null;
  stayAwake(false);
  const { kit, signedOut } = now.kit ? { kit: now.kit, signedOut: false } : await renewKit();
  if (!kit) return signedOut ? askSignIn() : halt("Not ready yet", "This phone has not been to school yet: it needs the network once, to fetch the teachers and look-fors.");
  const open = (await journal.walks()).filter((row) => !row.finished_at && row.person === now.person);
  const start = startScreen(kit, { begin: (choice) => void beginVisit(choice), open, resume: (id) => void openWalk(id, ""), teacher, room, again: (typed) => void askAgain(typed) });
  now.startLine = syncLine();
  screen("Start a visit", [h("h1", {}, "Start a visit"), h("p", {}, now.startLine.line)], h("div", { class: "stack" }, ...beforeVisit(journal, now.person, away)), start.node);
  below(start.dock);
  showStanding();
  void keepReady(() => !now.visit);
  return undefined;
}

/** Fetches the rooms anew for a code that led nowhere. @param {string} typed */
async function askAgain(typed) {
  history.replaceState(null, "", `#${new URLSearchParams({ room: typed })}`);
  const { signedOut } = await renewKit();
  return signedOut ? askSignIn() : openStart(null, typed);
}

/** Whether the address names a room that this phone does not know (yet). */
function lost() {
  const room = place(location.hash).get("room");
  return room !== null && !now.visit && !(now.kit && roomOf(now.kit, room));
}

function askSignIn() {
  screen("Sign in", null, h("div", { class: "stack" }, h("h1", { tabindex: "-1" }, "Sign in"), signInForm({ why: "You are signed out. What is on this phone stays here.", done: () => location.reload() })));
}

/** @param {any} kit */
function takeKit(kit) {
  now.kit = kit;
  now.person = kit.person.id;
}

/** Asks the school for a newer kit; what it answers is the kit of this page. */
async function renewKit() {
  const answer = await freshKit(journal);
  if (answer.kit) takeKit(answer.kit);
  kitIsNew();
  return answer;
}

/** @param {import("./start.js").Choice} chosen perhaps on an older kit */
async function beginVisit(chosen) {
  await Promise.race([newKit, pause(NEWER_MS)]);
  const { kit } = now;
  const choice = chosenFrom(kit, chosen);
  if (!choice) return openStart(null);
  const form = frozen(kit, choice.teacher, choice.class);
  const at = new Date().toISOString();
  const row = { id: uuid7(), person: now.person, form, started_at: at, finished_at: null };
  const kept = form.class && (await journal.read("kept", `present/${form.class.id}`));
  const present = kept ?? form.class?.present;
  const context = Object.fromEntries(Object.entries({ present, subject: form.class?.subject, grade: form.class?.grade }).filter(([, value]) => value));
  const started = { teacher: choice.teacher, class: choice.class, purpose: choice.purpose, framework: kit.framework?.id ?? null, sets: form.sets.map((/** @type {any} */ s) => s.id), focus: choice.focus };
  try {
    const walk = await begin({ journal, device: now.device, row, started, context });
    now.mark(walk.events);
    void askToStay();
    await openVisit(walk, "look");
    outbox.soon();
  } catch (error) {
    halt("The visit could not start", /** @type {Error} */ (error).message);
  }
  return undefined;
}

/** A visit that began elsewhere, or was sealed here, comes back from school. @param {string} id */
async function broughtBack(id) {
  const kit = now.kit ?? (await freshKit(journal)).kit;
  const { bringBack } = await import("../seal/back.js");
  if (!(await bringBack(journal, kit, id))) return null;
  takeKit(kit);
  return resume(journal, now.device, now.person, id);
}

/** @param {string | null} id @param {string} mode */
async function openWalk(id, mode) {
  const walk = (await resume(journal, now.device, now.person, id)) ?? (id && (await broughtBack(id).catch(() => null)));
  if (!walk) return openStart(null);
  if (walk.row.finished_at) {
    now.visit = new Visit({ walk, journal, choices, mode: "look", moved: () => undefined, finish: () => undefined });
    return openSending();
  }
  return openVisit(walk, mode);
}

async function route() {
  const at = place(location.hash);
  if (at.has("room")) return openStart(null, at.get("room"));
  if (at.has("start")) return openStart(at.get("start") || null, null, at.has("away"));
  return openWalk(at.get("walk"), at.get("mode") ?? "");
}

function wakeOften() {
  addEventListener("online", () => void outbox.wake());
  document.addEventListener("visibilitychange", () => {
    now.visit?.walk.clock.seen(!document.hidden);
    if (!document.hidden) void outbox.wake();
  });
  addEventListener("hashchange", () => void route());
  tabs?.addEventListener("message", ({ data }) => (data?.left ? location.reload() : data && now.visit?.walk.join(data)));
  // what a browser keeps for its Back button would show this visit to the next person
  addEventListener("pagehide", () => document.body.replaceChildren());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  setInterval(() => now.visit?.tick(), 1000);
}

/** What the first screen did not need comes soon after it, so that no later screen waits for a network. */
function fetchRest() {
  for (const part of [import("./sweep.js"), import("./students.js"), import("./notes.js"), import("./check.js"), import("./finish.js")]) part.catch(() => undefined);
}

/** What this phone knows from before: its own name, and the field kit. */
async function known() {
  const [device, kit] = await Promise.all([journal.read("kept", "device"), keptKit(journal)]);
  now.device = device ?? uuid7();
  if (!device) await journal.write("kept", now.device, "device");
  if (kit) takeKit(kit);
}

async function open() {
  applyChoices(choices);
  try {
    await known();
    const wait = now.kit ? 0 : START_MS;
    wakeOften();
    await route();
    setTimeout(restMayCome, wait);
    // what is here already is on the screen before this phone is asked whether it can keep more
    await journal.probe();
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return halt("This phone cannot keep a visit", error.message);
  }
  void calm.then(fetchRest);
  void outbox.wake();
  void journal.prune(Date.now());
  const before = now.person;
  const wasLost = lost();
  await renewKit();
  const another = now.person !== before;
  if ((before && another) || (wasLost && !lost())) await route();
  if (another) void outbox.wake();
  await offerBack();
  await calm;
  if (now.person) void import("../seal/arrive.js").then(({ arrive }) => arrive(journal, now.person, { ready: (mark) => (now.mark = mark) })).catch(() => undefined);
  void keepReady(() => !now.visit);
  return undefined;
}

void open();
