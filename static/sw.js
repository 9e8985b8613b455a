/**
 * The worker keeps the capture screen on this phone, and nothing else: FILES is its whole list, each
 * with the digest of its content; the server writes it and VERSION above this file.
 * It touches no POST and no page with data. A page always gets one version of everything.
 */
const CACHE = `crosswalk-${VERSION}`;
const SHELL = "/capture";
const PATIENCE_MS = 8_000;

const pathOf = (/** @type {string} */ address) => new URL(address).pathname;

/** A file as the server has it; the page of a captive portal, or of another version, has another digest. */
async function fetched(path) {
  const response = await fetch(path, { cache: "no-cache", redirect: "error" });
  const copy = response.clone();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  const mark = Array.from(hash.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!response.ok || mark !== FILES[path]) throw new Error(`${path} is not what was listed`);
  return copy;
}

/** All of it or nothing. */
async function keepAll() {
  const paths = Object.keys(FILES);
  const answers = await Promise.all(paths.map(fetched));
  const cache = await caches.open(CACHE);
  await Promise.all(paths.map((path, i) => cache.put(path, answers[i])));
}

async function dropOthers() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
}

/** @type {Promise<Cache> | undefined} opened once: each file of a start would ask for it again */
let opened;

async function kept(request) {
  const cache = await (opened ??= caches.open(CACHE));
  return (await cache.match(pathOf(request.url))) ?? fetch(request);
}

/** The capture screen runs on what is kept; any other page gets what the server has now. */
async function file({ request, clientId }) {
  const page = await clients.get(clientId);
  return page && pathOf(page.url) === SHELL ? kept(request) : fetch(request);
}

/** Today needs the network; without one, a visit can start. */
async function today(request) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return Response.redirect(`${SHELL}#start=&away=`);
  }
}

/** A visit that is open keeps the worker it began with. */
async function takeTurn(asker) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const walking = pages.some(({ id, url }) => id !== asker.id && pathOf(url) === SHELL);
  if (!walking) self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("message", (event) => event.data === "your turn" && event.waitUntil(takeTurn(event.source)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || search) return;
  if (request.mode === "navigate") {
    if (pathname === SHELL) event.respondWith(kept(request));
    else if (pathname === "/") event.respondWith(today(request));
  } else if (pathname !== SHELL && Object.hasOwn(FILES, pathname)) event.respondWith(file(event));
});
