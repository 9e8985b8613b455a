// @ts-check
/** The screen of one open visit: header, five modes, dock; modes change without a page load. */

import { afterPaint, fill, find, h, icon, mark, say } from "./dom.js";
import { keepChoices, applyChoices } from "./choices.js";
import { stretch, tellTimeIn } from "./clock.js";
import { lessonOpener, lessonSheet } from "./context.js";
import { deed, isDeed, takenBack } from "./deeds.js";
import { MODES, makeDock } from "./dock.js";
import { reminded, undone } from "./haptics.js";
import { PURPOSES } from "./fold.js";
import { byId } from "./kit.js";
import { lookForsMode } from "./lookfors.js";
import { nextStep } from "./reading.js";
import { syncLine } from "./status.js";
import { questions } from "./talk.js";

/** The first mode comes with the page, the others right after its first paint. */
const MAKERS = {
  look: lookForsMode,
  sweep: async (/** @type {Visit} */ visit) => (await import("./sweep.js")).sweepMode(visit),
  students: async (/** @type {Visit} */ visit) => (await import("./students.js")).studentsMode(visit),
  notes: async (/** @type {Visit} */ visit) => (await import("./notes.js")).notesMode(visit),
  check: async (/** @type {Visit} */ visit) => (await import("./check.js")).checkMode(visit),
};
const ASK_AFTER = 3;
const NEXT_SWEEP_MS = 120_000;

export class Visit {
  /**
   * @param {{walk: import("./walk.js").Walk, journal: import("./journal.js").Journal, choices: import("./choices.js").Choices,
   *   mode: string, moved: (mode: string) => void, finish: () => void}} parts
   */
  constructor({ walk, journal, choices, mode, moved, finish }) {
    this.walk = walk;
    this.journal = journal;
    this.choices = choices;
    this.moved = moved;
    /** @type {string | null} the sweep after which the hand was nudged */
    this.reminded = null;
    /** Two minutes have gone since an early sweep: a quiet mark stands on the Sweep tab. */
    this.sweepDue = false;
    tellTimeIn(walk.form.time_zone);
    this.lookFors = walk.form.look_fors;
    this.known = byId(this.lookFors);
    this.components = byId(walk.form.framework?.components ?? []);
    this.mode = mode in MAKERS ? mode : "look";
    /** @type {Record<string, any>} */
    this.modes = {};
    /** @type {Map<string, number>} */
    this.scrolls = new Map();
    this.opener = lessonOpener(this);
    this.sheet = lessonSheet(this);
    this.dock = makeDock({
      undo: () => this.undo(), go: (to) => void this.go(to),
      search: (typed) => this.modes.look?.search(typed) ?? 0, address: (to) => `#walk=${walk.id}&mode=${to}`,
    });
    this.asks = questions(this);
    this.dock.above.append(this.asks.node);
    this.line = syncLine();
    this.timer = h("b", { class: "num", role: "timer", "aria-label": "Time in the room" });
    this.head = this.#head(finish);
    this.next = h("button", { class: "btn go grow", type: "button", onclick: () => void this.go(this.#nextMode()) });
    this.panes = h("div", {}, this.sheet.node);
    const last = walk.actions().at(-1);
    if (last) this.say(...deed(this, last));
    else this.say("Nothing marked yet", "A tap is kept at once");
  }

  /** @param {() => void} finish */
  #head(finish) {
    const about = this.about();
    return h("header", { class: "cap-head" },
      h("a", { class: "btn quiet", href: "/", "aria-label": "Back to Today. The visit stays open." }, icon("back")),
      h("div", {}, h("h1", {}, this.walk.form.teacher?.name ?? "A visit", h("span", {}, about && ` · ${about}`)), h("p", { class: "since" }, this.timer, this.line.line)),
      h("button", { class: "btn quiet", type: "button", onclick: finish }, "Finish"));
  }

  /** The class in words: Math 7, Period 3. */
  about() {
    const room = this.walk.form.class;
    return [room?.name, room?.period && `Period ${room.period}`].filter(Boolean).join(", ");
  }

  /** @param {string} id */
  lookFor(id) {
    return this.known.get(id);
  }

  /** Students in class now, or null where nobody said. @returns {number | null} */
  present() {
    return this.walk.observed.context.present ?? null;
  }

  purposeWords() {
    const { purpose } = this.walk.observed.started ?? {};
    return `${PURPOSES[/** @type {"self"} */ (purpose)] ?? "Visit"}. What it is for was fixed at the start.`;
  }

  lessonButton() {
    return this.opener.node;
  }

  /** @param {string} kind @param {any} data @param {{drop?: string}} [also] */
  act(kind, data, also) {
    void this.walk.append(kind, data, also);
    if (kind === "context_set" && data.present && this.walk.form.class) void this.journal.write("kept", data.present, `present/${this.walk.form.class.id}`);
  }

  /** Says in the dock what an event did. @param {import("./journal.js").Event} event */
  tell(event) {
    if (isDeed(event)) this.say(...deed(this, event));
  }

  /** Takes back the last action, or the one named; in an open sweep, its last tap first. @param {string} [id] */
  undo(id) {
    undone();
    if (!id && this.mode === "sweep" && this.modes.sweep?.undo()) return;
    const target = id ? this.walk.actions().find((e) => e.id === id) : this.walk.actions().at(-1);
    if (!target) return;
    const was = deed(this, target);
    this.walk.undo(target.id);
    this.say(...takenBack(this, target, was));
  }

  canUndo() {
    return this.walk.actions().length > 0 || (this.mode === "sweep" && this.modes.sweep?.open() > 0);
  }

  /** @param {string} a @param {string} b */
  say(a, b) {
    this.dock.say(a, b);
  }

  /** @param {string} name */
  draftKey(name) {
    return `${this.walk.id}/${name}`;
  }

  /** @param {string} name @returns {Promise<any>} */
  draft(name) {
    return this.journal.read("drafts", this.draftKey(name)).catch(() => undefined);
  }

  /** @param {string} name @param {any} value */
  async keepDraft(name, value) {
    try {
      await this.journal.write("drafts", structuredClone(value), this.draftKey(name));
    } catch (error) {
      this.walk.trouble = /** @type {Error} */ (error).message;
      this.walk.kept([]);
    }
    this.dock.update(this);
  }

  /** @param {string} name */
  dropDraft(name) {
    return this.journal.drop("drafts", this.draftKey(name));
  }

  /** @param {"haptics" | "grouping" | "timer"} key @param {any} value */
  choose(key, value) {
    /** @type {any} */ (this.choices)[key] = value;
    keepChoices({ [key]: value });
    applyChoices(this.choices);
    this.tick();
  }

  #nextMode() {
    return this.walk.check.verdict === "not_applicable" ? "look" : "sweep";
  }

  /** Makes a mode; what it shows is worked out when it is put up. @param {string} name */
  async ensure(name) {
    if (this.modes[name]) return;
    const made = await MAKERS[/** @type {"look"} */ (name)](this);
    if (this.modes[name]) return;
    this.modes[name] = made;
    made.node.hidden = true;
    this.panes.append(made.node);
  }

  /** @param {string} mode */
  go(mode) {
    this.scrolls.set(this.mode, scrollY);
    return this.#turn(mode);
  }

  /** Puts a mode up, once it is written down: whoever sees it and leaves comes back to it. @param {string} mode */
  async #turn(mode) {
    const before = this.mode;
    this.mode = mode;
    try {
      await this.ensure(mode);
    } catch {
      this.mode = before;
      this.say("This part has not come to the phone yet", "It needs the network once");
      return;
    }
    if (this.mode !== mode) return;
    this.moved(mode);
    for (const [name, one] of Object.entries(this.modes)) one.node.hidden = name !== mode;
    this.dock.lead(mode === "check" ? this.next : null);
    this.dock.show(mode, this.modes[mode].dock);
    this.update();
    const words = MODES.find(({ key }) => key === mode)?.name ?? "";
    document.title = `${words} · Visit · Crosswalk`; // no name: a browser’s history outlives a sign-out
    scrollTo(0, this.scrolls.get(mode) ?? 0);
  }

  update() {
    this.modes[this.mode]?.update();
    this.dock.update(this);
    this.opener.update();
    this.sheet.update();
    say(this.next, nextStep(this));
    const due = this.walk.observed.sweeps.length >= ASK_AFTER && this.mode === "sweep" && !this.modes.sweep?.open();
    this.asks.update(due);
  }

  /** Once a second: the clock, and two minutes after an early sweep a mark, and a nudge in the hand, to take the next. */
  tick() {
    const { sweeps } = this.walk.observed;
    const last = sweeps.at(-1);
    const now = this.walk.clock.now();
    const due = last !== undefined && sweeps.length < ASK_AFTER && now - Date.parse(last.at) > NEXT_SWEEP_MS;
    if (due !== this.sweepDue) {
      this.sweepDue = due;
      this.dock.update(this);
    }
    if (due && this.reminded !== last?.event) {
      this.reminded = last?.event ?? null;
      reminded();
    }
    this.timer.hidden = !this.choices.timer;
    say(this.timer, stretch(now - Date.parse(this.walk.row.started_at)));
  }

  /** Makes the other modes; what has not come is made when it is asked for. */
  async #others() {
    for (const name of ["sweep", "notes"]) await this.ensure(name).catch(() => undefined);
  }

  /** Puts the visit on the screen. */
  async show() {
    const main = find("#main");
    fill(main, this.panes);
    mark(main, "class", "cap-main");
    find("#head").replaceWith(this.head);
    this.head.id = "head";
    find(".dock")?.remove();
    main.after(this.dock.node);
    this.tick();
    await this.#turn(this.mode);
    /** An open sweep and an open note are read from their drafts, so that finishing can ask about them. */
    this.ready = new Promise((done) => afterPaint(() => done(this.#others())));
  }
}
