// @ts-check
/** Time as the phone tells it, and time in words. */

/**
 * The clock of one walk on one device. It begins where the device's last event stood and only ever goes
 * forward: by the steady clock while the page is in view, so that a wall clock set back or forward moves
 * nothing; by the longer of both where the page was out of view, since phones stop the steady one asleep.
 * @param {{elapsed: number, at: number}} since where the walk's last event stood
 * @param {{wall?: () => number, steady?: () => number}} [sources]
 */
export function walkClock(since, { wall = Date.now, steady = () => performance.now() } = {}) {
  const begin = since.at - since.elapsed;
  let base = since.elapsed + Math.max(0, wall() - since.at);
  let [wasWall, wasSteady] = [wall(), steady()];
  let away = false;
  const elapsed = () => {
    base += Math.max(0, steady() - wasSteady, away ? wall() - wasWall : 0);
    [wasWall, wasSteady] = [wall(), steady()];
    return Math.round(base);
  };
  return {
    elapsed,
    /** What this clock says now, or said when so much had passed. */
    now: (ms = elapsed()) => begin + ms,
    /** The page came into view, or went out of it. @param {boolean} inView */
    seen(inView) {
      elapsed();
      away = !inView;
    },
    /** Another tab of this device has come further. @param {number} ms */
    reach(ms) {
      base = Math.max(elapsed(), ms);
    },
  };
}

/** @type {Map<number, string>} a visit has few minutes, and formatting one costs as much as a tap */
const told = new Map();

/** @type {Intl.DateTimeFormat | null} */
let format = null;

/** Which zone the district tells its time in. @param {string} [zone] */
export function tellTimeIn(zone) {
  told.clear();
  const options = /** @type {const} */ ({ hour: "numeric", minute: "2-digit", hourCycle: "h12" });
  try {
    format = new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone || undefined });
  } catch {
    format = new Intl.DateTimeFormat("en-US", options);
  }
}

/** The time of day as schools write it, without a.m. and p.m.: 10:06, 1:15. @param {string | number | Date} at */
export function timeOfDay(at) {
  const minute = Math.floor(new Date(at).getTime() / 60_000);
  if (!format) tellTimeIn();
  let words = told.get(minute);
  if (!words) told.set(minute, (words = withoutHalf(minute * 60_000)));
  return words;
}

/** @param {number} at */
function withoutHalf(at) {
  const parts = /** @type {Intl.DateTimeFormat} */ (format).formatToParts(at);
  return parts.filter(({ type }) => type !== "dayPeriod").map(({ value }) => value).join("").trim();
}

/** A stretch of time as a clock face: 11:42, or 1:02:03 from an hour on. @param {number} ms */
export function stretch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `${String(seconds % 60).padStart(2, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
