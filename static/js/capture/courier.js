// @ts-check
/** Carries things to our server and back: one place that knows addresses, headers and what JSON looks like. */

const OURS = { "X-Crosswalk": "1", "Content-Type": "application/json" };
const PATIENCE = 30_000;

/** @param {Response} response @returns {Promise<any>} null when it is not JSON */
export async function json(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  return response.json().catch(() => null);
}

/** @param {string | null} header seconds, or a date */
function seconds(header) {
  if (!header) return undefined;
  const n = Number(header);
  return Number.isFinite(n) ? n : Math.max(0, (Date.parse(header) - Date.now()) / 1000) || undefined;
}

/** A redirect is never ours: it is a portal in the way. @param {string} address @param {any} body */
export async function post(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: OURS,
    body: JSON.stringify(body),
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, retryAfter: seconds(response.headers.get("Retry-After")), body: await json(response) };
}

/**
 * The author is named so that a school where somebody else is signed in by now says so; the last entry known
 * to be safe, so that a school that lost it says that.
 * @param {string} device @param {string} author @param {any[]} events @param {string} [after]
 */
export const sendEvents = (device, author, events, after) => post("/sync", { device, author, events, after });

/** Which of these entries the school holds. @param {string} author @param {string[]} ids */
export const askHeld = (author, ids) => post("/sync/have", { author, ids });

/** @param {string} email @param {string} password */
export const signIn = (email, password) => post("/sign-in", { email, password });

/**
 * The field kit, or null where the one at hand is still right.
 * @param {string} [etag]
 */
export async function fetchKit(etag) {
  const response = await fetch("/field-kit.json", {
    headers: { "X-Crosswalk": "1", Accept: "application/json", ...(etag ? { "If-None-Match": etag } : {}) },
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, etag: response.headers.get("ETag") ?? undefined, body: await json(response) };
}
