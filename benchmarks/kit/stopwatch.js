/** Inside a measured page: when a tap was made, when its change was painted, and when it was kept. */

(() => {
  const told = (globalThis.stopwatch = { taps: [] });
  let tap = null;

  /** After the frame that shows what was just changed. */
  const afterPaint = (act) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = act;
      port2.postMessage(null);
    });

  const painted = () => {
    const mine = tap;
    if (!mine || mine.changed) return;
    mine.changed = true;
    afterPaint(() => (mine.paint = performance.now() - mine.began));
  };

  /** Only what was begun after a tap can have kept it. */
  const kept = (mine, what = "durable") => {
    if (mine && mine[what] === null) mine[what] = performance.now() - mine.began;
  };

  addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    tap = { began: event.timeStamp, changed: false, paint: null, durable: null, marked: null };
    told.taps.push(tap);
  }, true);

  const watch = () => new MutationObserver(painted).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  watch();

  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options);
    const mine = tap;
    // the author’s mark is a second write without strict durability: docs/decisions/0011
    const what = { strict: "durable", relaxed: "marked" }[options?.durability];
    if (mode === "readwrite" && what) transaction.addEventListener("complete", () => kept(mine, what));
    return transaction;
  };
  const set = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    set.call(this, key, value);
    kept(tap);
  };
  /** A page that keeps nothing here tells when the server has answered: only then is it shown. */
  told.server = () => {
    kept(tap);
    if (tap) [tap.changed, tap.paint] = [false, null];
    painted();
  };

  told.painted = new Promise((resolve) => {
    const look = (list) => {
      const [first] = list.getEntriesByName("first-contentful-paint");
      if (first) resolve(first.startTime);
    };
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });

  /** Watches for the first of these elements; `shown` tells when it was on the screen. */
  told.wait = (selector) => {
    told.shown = new Promise((resolve) => {
      const look = () => {
        if (document.querySelector(selector)) afterPaint(() => resolve(performance.now()));
        else requestAnimationFrame(look);
      };
      look();
    });
  };
})();
