// @ts-check
/**
 * The outbox: offers what the journal holds to the server until the server has answered for each event.
 * It knows nothing of the page, and trusts nothing but our own server's word about one event at a time.
 */

const MOST = 200;
const LARGEST = 1024 * 1024 - 512;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 300_000;
const OUTCOMES = new Set(["stored", "conflict", "refused", "quarantined"]);

/** @typedef {{id: string, outcome: any, reason?: string}} Result */
/** @typedef {{status: number, retryAfter?: number, body: any}} Answer the body is null when it was not JSON */
/** @typedef {{id: string, event: any}} Waiting */
/** @typedef {{take: (limit: number) => Promise<Waiting[]>, settle: (results: Result[]) => Promise<void>, count: () => Promise<number>}} Line */
/** @typedef {"idle" | "sending" | "waiting" | "signed_out" | "stopped"} Phase */

const size = (/** @type {any} */ value) => new TextEncoder().encode(JSON.stringify(value)).length;

/** As many of the oldest as fit one request; always at least one. @param {Waiting[]} entries */
export function fitting(entries) {
  let bytes = 0;
  const end = entries.findIndex(({ event }, i) => (bytes += size(event) + 1) > LARGEST && i > 0);
  return end < 0 ? entries : entries.slice(0, end);
}

/**
 * What an answer means. Only a body that says it is ours counts at all: the page a captive portal
 * puts in the way is nobody's answer, whatever its status.
 * @param {Answer} answer @param {Set<string>} asked
 * @returns {{kind: "results", results: Result[]} | {kind: "signed_out" | "split" | "stopped", reason: string} | {kind: "later", seconds?: number}}
 */
export function meaning({ status, retryAfter, body }, asked) {
  if (body?.server !== "crosswalk") return { kind: "later", seconds: retryAfter };
  const reason = String(body.reason ?? "");
  // A 409 says that somebody else is signed in here: these stay, for the one whose they are.
  if (status === 401 || status === 409) return { kind: "signed_out", reason };
  if (status === 400 || status === 413) return { kind: "split", reason };
  if (status === 403) return { kind: "stopped", reason };
  if (status !== 200 || !Array.isArray(body.results)) return { kind: "later", seconds: retryAfter };
  const results = body.results.filter((/** @type {any} */ r) => asked.has(r?.id) && OUTCOMES.has(r?.outcome));
  return results.length ? { kind: "results", results } : { kind: "later" };
}

export class Outbox {
  /**
   * @param {{line: Line, post: (events: any[]) => Promise<Answer>, changed?: () => void, clock?: () => number,
   *   random?: () => number, later?: (act: () => void, ms: number) => any, cancel?: (timer: any) => void}} parts
   */
  constructor({ line, post, changed = () => {}, clock = Date.now, random = Math.random, later, cancel }) {
    this.line = line;
    this.post = post;
    this.changed = changed;
    this.clock = clock;
    this.random = random;
    this.later = later ?? ((act, ms) => setTimeout(act, ms));
    this.cancel = cancel ?? ((timer) => clearTimeout(timer));
    /** @type {Phase} */
    this.phase = "idle";
    this.reason = "";
    /** the school’s last word was that nobody is signed in; trying again does not change that, only an answer does */
    this.away = false;
    this.done = 0;
    this.total = 0;
    this.left = 0;
    /** added since the line was last asked: what it answers does not know of these yet */
    this.since = 0;
    /** @type {number | null} when the last event was known to be safe */
    this.safeAt = null;
    this.limit = MOST;
    this.failures = 0;
    this.notBefore = 0;
    /** @type {Promise<void> | null} */
    this.running = null;
    /** @type {"" | "soon" | "now"} what was asked for while it ran */
    this.again = "";
    /** @type {any} */
    this.timer = null;
  }

  /** Something was kept: send it soon, but not against a back-off. */
  soon() {
    if (this.running) this.again ||= "soon";
    else if (this.phase === "idle") this.#set(600);
  }

  /** Something new is to be sent, even if it is still being kept: nothing counts as safe until it is. */
  added() {
    this.left += 1;
    this.since += 1;
  }

  /** A good moment (load, visible, online): try now, unless the server asked for time. */
  wake() {
    return this.clock() < this.notBefore ? Promise.resolve() : this.now();
  }

  /** A person signed in. */
  signedIn() {
    this.away = false;
    return this.now();
  }

  /** A person pressed the button. */
  now() {
    this.cancel(this.timer);
    if (this.running) this.again = "now";
    this.running ??= this.#run().finally(() => {
      const { again } = this;
      [this.running, this.again] = [null, ""];
      // A sign-in while the answer to an older question was on its way must not be forgotten.
      if (again === "now") void this.wake();
      else if (again) this.soon();
    });
    return this.running;
  }

  /** @param {number} [ms] */
  #set(ms = 0) {
    this.cancel(this.timer);
    this.timer = this.later(() => void this.now(), ms);
  }

  /** @param {Phase} phase @param {string} [reason] */
  #become(phase, reason = "") {
    [this.phase, this.reason] = [phase, reason];
    this.changed();
  }

  async #run() {
    try {
      await this.#count();
      [this.done, this.total] = [0, this.left];
      while (await this.#batch());
    } catch {
      this.#wait();
    }
  }

  async #count() {
    this.since = 0;
    this.left = (await this.line.count()) + this.since;
  }

  /** Sends one batch; answers whether to go on. */
  async #batch() {
    this.since = 0;
    const batch = fitting(await this.line.take(this.limit));
    if (!batch.length) return this.#rest();
    this.#become("sending");
    const answer = await this.post(batch.map(({ event }) => event));
    const means = meaning(answer, new Set(batch.map(({ id }) => id)));
    if (means.kind !== "later") this.away = means.kind === "signed_out";
    if (means.kind === "results") return this.#settle(means.results);
    if (means.kind === "split") return this.#split(batch, means.reason);
    if (means.kind === "later") return this.#wait(means.seconds);
    this.#become(means.kind, means.reason);
    return false;
  }

  #rest() {
    this.left = this.since;
    this.failures = 0;
    this.#become("idle");
    return false;
  }

  /** @param {Result[]} results */
  async #settle(results) {
    await this.line.settle(results);
    this.done += results.length;
    await this.#count();
    this.total = Math.max(this.total, this.done + this.left);
    if (results.some(({ outcome }) => outcome === "stored")) this.safeAt = this.clock();
    this.failures = 0;
    this.limit = Math.min(MOST, this.limit * 2);
    this.changed();
    return true;
  }

  /** The envelope was refused: halve it until the one at fault stands alone, and set that one aside. @param {{id: string}[]} batch @param {string} reason */
  async #split(batch, reason) {
    if (batch.length > 1) {
      this.limit = Math.ceil(batch.length / 2);
      return true;
    }
    const why = reason || "The school’s server could not take this one.";
    return this.#settle([{ id: batch[0].id, outcome: "refused", reason: why }]);
  }

  /** Tries again later: each time twice as long, never all phones at once. @param {number} [seconds] what the server asked for */
  #wait(seconds) {
    const backOff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++) * (0.5 + this.random() / 2);
    const ms = Math.max(seconds ? seconds * 1000 : 0, backOff);
    this.notBefore = seconds ? this.clock() + ms : 0;
    this.#become("waiting");
    this.#set(ms);
    return false;
  }
}
