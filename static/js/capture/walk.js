// @ts-check
/**
 * The open walk: an action becomes an event, the event goes into the journal, the fold of all events is
 * what was observed, and whoever listens is told. Nothing is ever changed in place or taken off the list.
 */

import { THRESHOLDS, check, check_input, lean } from "./discourse.js";
import { pause, walkClock } from "./clock.js";
import { fold } from "./fold.js";
import { uuid7 } from "./ids.js";

/** @typedef {import("./journal.js").Journal} Journal */
/** @typedef {import("./journal.js").Event} Event */
/** @typedef {{id: string, person: string, form: any, started_at: string, finished_at: string | null}} Row */

const NOT_ACTIONS = new Set(["started", "undone", "finished", "reopened"]);
const RETRY_MS = 3_000;
const SLOW_MS = 100;

export class Walk {
  /** @param {{journal: Journal, row: Row, device: string, events?: Event[], added?: () => void, changed?: (event: Event | null) => void, kept?: (events: Event[]) => void}} parts */
  constructor({ journal, row, device, events = [], added = () => {}, changed = () => {}, kept = () => {} }) {
    this.journal = journal;
    this.row = row;
    this.device = device;
    this.added = added;
    /** How long telling may wait: on a screen, until the tap has been painted. @type {(act: () => void) => void} */
    this.later = (act) => act();
    this.changed = changed;
    this.kept = kept;
    this.thresholds = { ...THRESHOLDS, ...row.form.thresholds };
    this.pending = 0;
    this.slow = false;
    this.trouble = "";
    /** @type {Event[]} every event, in whatever order it came */
    this.events = [];
    this.seq = 0;
    this.dirty = true;
    const last = events.filter((e) => e.device === device).sort((a, b) => a.elapsed_ms - b.elapsed_ms).at(-1);
    this.clock = walkClock({ elapsed: last?.elapsed_ms ?? 0, at: Date.parse(last?.at ?? row.started_at) });
    this.#take(events);
  }

  get id() {
    return this.row.id;
  }

  get form() {
    return this.row.form;
  }

  /** @param {Event[]} events */
  #take(events) {
    this.events = events;
    const own = events.filter((e) => e.device === this.device);
    this.seq = Math.max(0, ...own.map((e) => e.seq));
    this.clock.reach(Math.max(0, ...own.map((e) => e.elapsed_ms)));
    this.dirty = true;
  }

  /** What the events come to; worked out once after each, when somebody first asks. */
  get read() {
    if (this.dirty || !this.known) {
      this.known = this.#fold();
      this.dirty = false;
    }
    return this.known;
  }

  #fold() {
    const { observed, live } = fold(this.events, this.thresholds);
    const byId = new Map(this.events.map((event) => [event.id, event]));
    const input = check_input(observed);
    return {
      observed,
      standing: live.map((id) => /** @type {Event} */ (byId.get(id))),
      check: check(input, this.thresholds),
      lean: lean(input, this.thresholds),
    };
  }

  get observed() {
    return this.read.observed;
  }

  get check() {
    return this.read.check;
  }

  get lean() {
    return this.read.lean;
  }

  /** The instant now, as events of this walk say it. */
  instant(elapsed = this.clock.elapsed()) {
    return new Date(this.clock.now(elapsed)).toISOString();
  }

  /** @param {string} kind @param {any} data @param {number} [elapsed] */
  #event(kind, data, elapsed = this.clock.elapsed()) {
    return { id: uuid7(), walkthrough: this.id, device: this.device, seq: ++this.seq, at: this.instant(elapsed), elapsed_ms: elapsed, kind, data };
  }

  /**
   * Adds an event: the journal is asked before anything else, and only when it has answered (or takes
   * its time) is the rest of the screen told, so that neither the write nor the tap’s own paint waits.
   * @param {string} kind @param {any} data @param {{drop?: string}} [also]
   */
  append(kind, data, also = {}) {
    const event = this.#event(kind, data);
    const kept = this.#keep([event], also);
    this.events.push(event);
    this.dirty = true;
    this.added();
    let told = false;
    const tell = () => {
      if (!told) this.changed(event);
      told = true;
    };
    setTimeout(tell, SLOW_MS);
    void kept.then(() => this.later(tell));
    return kept;
  }

  /** The first two events of a visit, kept together with the walk itself. @param {any} started @param {any} context */
  begin(started, context) {
    const events = [this.#event("started", started, 0), this.#event("context_set", context, 0)];
    this.events.push(...events);
    this.dirty = true;
    return this.#write(events, { walk: this.row });
  }

  /** @param {Event[]} events @param {{drop?: string, walk?: any}} also */
  #write(events, also) {
    const entries = events.map((event) => ({
      id: event.id, walkthrough: this.id, device: this.device, seq: event.seq,
      person: this.row.person, state: /** @type {const} */ ("waiting"), event,
    }));
    return this.journal.append(entries, also);
  }

  /** @param {Event[]} events @param {{drop?: string}} also */
  async #keep(events, also) {
    this.pending += 1;
    const timer = setTimeout(() => this.#late(), SLOW_MS);
    for (;;) {
      try {
        await this.#write(events, also);
        break;
      } catch (error) {
        await this.#recover(events, /** @type {any} */ (error));
      }
    }
    clearTimeout(timer);
    this.pending -= 1;
    if (!this.pending) [this.trouble, this.slow] = ["", false];
    this.kept(events);
  }

  /** Keeping takes longer than a blink: only now is it worth a word. */
  #late() {
    this.slow = true;
    this.kept([]);
  }

  /** Another tab took the number: take the next one. Anything else: say so, and keep trying. @param {Event[]} events @param {Error} error */
  async #recover(events, error) {
    if (error.name === "ConstraintError") {
      const others = (await this.journal.eventsOf(this.id)).filter((e) => !this.events.some((mine) => mine.id === e.id));
      this.#take([...this.events, ...others]);
      for (const event of events) event.seq = ++this.seq;
      this.changed(null);
      return;
    }
    this.trouble = error.message;
    this.kept([]);
    await pause(RETRY_MS);
  }

  /** What another tab of this phone wrote. @param {Event} event */
  join(event) {
    if (event.walkthrough !== this.id || this.events.some(({ id }) => id === event.id)) return;
    this.#take([...this.events, event]);
    this.changed(null);
  }

  /** What a person did and has not taken back, oldest first. What was filled in at the start is not an action. */
  actions() {
    const automatic = (/** @type {Event} */ e) => e.kind === "context_set" && e.at === this.row.started_at;
    return this.read.standing.filter((event) => !NOT_ACTIONS.has(event.kind) && !automatic(event));
  }

  /** Takes back the last action, or the one named; answers which it was. @param {string} [id] @returns {Event | null} */
  undo(id) {
    const actions = this.actions();
    const event = id ? actions.find((e) => e.id === id) : actions.at(-1);
    if (!event) return null;
    void this.append("undone", { event: event.id });
    return event;
  }

  /** @param {boolean} done */
  async finish(done) {
    await this.append(done ? "finished" : "reopened", {});
    this.row = { ...this.row, finished_at: done ? new Date().toISOString() : null };
    await this.journal.write("walks", this.row);
  }
}

/** @param {{journal: Journal, device: string, row: Row, started: any, context: any}} parts */
export async function begin({ journal, device, row, started, context }) {
  const walk = new Walk({ journal, row, device });
  await walk.begin(started, context);
  return walk;
}

/** This person’s walk with this id, or the newest still open. @param {Journal} journal @param {string} device @param {string} person @param {string | null} id */
export async function resume(journal, device, person, id) {
  const [all, events] = await Promise.all([journal.walks(), id ? journal.eventsOf(id) : null]);
  const rows = all.filter((r) => r.person === person).sort((a, b) => (a.id < b.id ? 1 : -1));
  const row = id ? rows.find((r) => r.id === id) : rows.find((r) => !r.finished_at);
  return row ? new Walk({ journal, row, device, events: events ?? (await journal.eventsOf(row.id)) }) : null;
}
