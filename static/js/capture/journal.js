// @ts-check
/**
 * The journal: everything a visit holds, in this phone's own database, before anything else happens.
 * A promise here is kept only by the transaction's complete event, asked for with strict durability.
 */

const NAME = "crosswalk";
const VERSION = 1;
const DAYS_KEPT = 30;
const PATIENCE_MS = 5_000;

/** @typedef {"waiting" | "stored" | "conflict" | "refused" | "quarantined"} State */
/** @typedef {{id: string, walkthrough: string, device: string, seq: number, at: string, elapsed_ms: number, kind: string, data: any}} Event */
/** @typedef {{id: string, walkthrough: string, device: string, seq: number, person: string, state: State, reason?: string, settled?: number, event: Event}} Entry */

/** The storage itself said no: private browsing, a full phone, a damaged database. */
export class StorageFault extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super(sentence(/** @type {any} */ (cause)?.name), { cause });
  }
}

/** @param {string} [name] */
function sentence(name) {
  if (name === "QuotaExceededError") {
    return "This phone has no room left, so a visit cannot be kept. Free some space, then try again.";
  }
  if (name === "BlockedError") {
    return "An older Crosswalk is open in another tab. Close that tab, then try again.";
  }
  return "This browser does not let Crosswalk keep anything, so a visit would be lost. Leave private browsing, or allow site data, then try again.";
}

/** @param {IDBRequest} request @returns {Promise<any>} */
export const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * A browser may lose its database without a word; a promise that never settles would look like one kept.
 * @template T @param {Promise<T>} promise @returns {Promise<T>}
 */
function inTime(promise) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("The database does not answer", "AbortError")), PATIENCE_MS);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

/** @param {IDBDatabase} db */
function lay(db) {
  const events = db.createObjectStore("events", { keyPath: "id" });
  events.createIndex("walkthrough", "walkthrough");
  events.createIndex("line", ["person", "state"]);
  events.createIndex("order", ["walkthrough", "device", "seq"], { unique: true });
  events.createIndex("settled", "settled");
  db.createObjectStore("walks", { keyPath: "id" });
  db.createObjectStore("drafts");
  db.createObjectStore("kept");
}

/**
 * A screen older than the database takes it as it is: stores are only ever added, and a tap must be kept.
 * @param {IDBFactory} factory @param {number} [version] @returns {Promise<IDBDatabase>}
 */
const open = (factory, version = VERSION) =>
  new Promise((resolve, reject) => {
    const request = factory.open(NAME, version || undefined);
    request.onupgradeneeded = ({ oldVersion }) => oldVersion || lay(request.result);
    request.onblocked = () => setTimeout(reject, PATIENCE_MS, new DOMException("Another tab holds the database", "BlockedError"));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (version && request.error?.name === "VersionError" ? resolve(open(factory, 0)) : reject(request.error));
  });

/** Reads and writes entries, walks, drafts and small things kept by name. */
export class Journal {
  /** @param {IDBFactory} [factory] */
  constructor(factory = globalThis.indexedDB) {
    this.factory = factory;
    /** @type {Promise<IDBDatabase> | null} */
    this.door = null;
    /** @type {IDBDatabase | null} open now, so that a tap’s write need not wait for anything */
    this.db = null;
  }

  #shut() {
    this.door = null;
    this.db = null;
  }

  /** The open database; a connection the browser or another tab closed is opened again. */
  base() {
    this.door ??= open(this.factory).then((db) => {
      db.onclose = () => this.#shut();
      db.onversionchange = () => {
        db.close();
        this.#shut();
      };
      this.db = db;
      return db;
    });
    this.door.catch(() => this.#shut());
    return this.door;
  }

  /**
   * Runs one transaction and answers after its complete event; what was only read is answered at once.
   * A lost connection is tried once more.
   * @template T @param {string[]} stores @param {IDBTransactionMode} mode
   * @param {(store: (name: string) => IDBObjectStore) => T | Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(stores, mode, work, again = true) {
    try {
      const db = this.db ?? (await this.base());
      const tx = db.transaction(stores, mode, { durability: "strict" });
      const done = new Promise((resolve, reject) => {
        tx.oncomplete = () => resolve(undefined);
        tx.onabort = () => reject(tx.error ?? new DOMException("The transaction was cut off", "AbortError"));
      });
      done.catch(() => undefined);
      const asked = work((name) => tx.objectStore(name));
      // what asks nothing back is committed in the same breath: a tab killed before it hears of it has kept the tap
      if (!(asked instanceof Promise)) tx.commit();
      const result = await inTime(Promise.resolve(asked));
      if (mode === "readwrite") await inTime(done);
      return result;
    } catch (error) {
      const name = /** @type {any} */ (error)?.name;
      if (again && ["InvalidStateError", "AbortError", "UnknownError", "TransactionInactiveError"].includes(name)) {
        this.#shut();
        return this.run(stores, mode, work, false);
      }
      if (name === "ConstraintError") throw error;
      throw error instanceof StorageFault ? error : new StorageFault(error);
    }
  }

  /** Writes a row and takes it away again: can this phone keep a visit at all? */
  async probe() {
    if (!this.factory) throw new StorageFault(null);
    await this.run(["kept"], "readwrite", (store) => {
      store("kept").put(Date.now(), "probe");
      store("kept").delete("probe");
    });
  }

  /**
   * Keeps entries, and in the same breath lets go of the draft they were made from.
   * @param {Entry[]} entries @param {{drop?: string, walk?: any}} [also]
   */
  append(entries, { drop, walk } = {}) {
    const stores = ["events", ...(drop ? ["drafts"] : []), ...(walk ? ["walks"] : [])];
    return this.run(stores, "readwrite", (store) => {
      for (const entry of entries) store("events").put(entry);
      if (drop) store("drafts").delete(drop);
      if (walk) store("walks").put(walk);
    });
  }

  /** @param {string} walkthrough @returns {Promise<Event[]>} */
  async eventsOf(walkthrough) {
    const entries = await this.entriesOf(walkthrough);
    return entries.map((entry) => entry.event);
  }

  /** @param {string} walkthrough @returns {Promise<Entry[]>} */
  entriesOf(walkthrough) {
    return this.run(["events"], "readonly", (store) => answer(store("events").index("walkthrough").getAll(walkthrough)));
  }

  /** The oldest entries of one person in one state. @param {string} person @param {State} state @param {number} [limit] @returns {Promise<Entry[]>} */
  inState(person, state, limit) {
    return this.run(["events"], "readonly", (store) => answer(store("events").index("line").getAll([person, state], limit)));
  }

  /** @param {string} person @param {State} state @returns {Promise<number>} */
  count(person, state) {
    return this.run(["events"], "readonly", (store) => answer(store("events").index("line").count([person, state])));
  }

  /**
   * Writes down what the server answered, entry by entry.
   * @param {{id: string, outcome: State, reason?: string}[]} results @param {number} at
   */
  async settle(results, at) {
    // all are asked for at once: a tap’s own write waits behind this
    await this.run(["events"], "readwrite", (store) => Promise.all(results.map(async ({ id, outcome, reason }) => {
      const entry = await answer(store("events").get(id));
      if (!entry) return;
      entry.state = outcome;
      if (reason) entry.reason = reason;
      if (outcome === "stored") entry.settled = at;
      store("events").put(entry);
    })));
  }

  /** Lets go of what the server has had for thirty days, save for visits still open. @param {number} now */
  prune(now) {
    const since = now - DAYS_KEPT * 86_400_000;
    const old = IDBKeyRange.upperBound(since);
    return this.run(["events", "walks"], "readwrite", async (store) => {
      const walks = await answer(store("walks").getAll());
      const open = new Set(walks.filter((/** @type {any} */ w) => !w.finished_at).map((/** @type {any} */ w) => w.id));
      const entries = await answer(store("events").index("settled").getAll(old));
      for (const entry of entries) if (!open.has(entry.walkthrough)) store("events").delete(entry.id);
      for (const { id, finished_at: at } of walks) {
        if (at && Date.parse(at) < since && !(await answer(store("events").index("walkthrough").count(id)))) store("walks").delete(id);
      }
    });
  }

  /** @returns {Promise<any[]>} */
  walks() {
    return this.run(["walks"], "readonly", (store) => answer(store("walks").getAll()));
  }

  /** @param {string} store @param {string} key @returns {Promise<any>} */
  read(store, key) {
    return this.run([store], "readonly", (from) => answer(from(store).get(key)));
  }

  /** @param {string} store @param {any} value @param {string} [key] only for stores whose rows do not name themselves */
  async write(store, value, key) {
    await this.run([store], "readwrite", (to) => to(store).put(value, key));
  }

  /** @param {string} store @param {string} key */
  async drop(store, key) {
    await this.run([store], "readwrite", (from) => from(store).delete(key));
  }
}
