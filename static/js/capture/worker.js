// @ts-check
/** Asks the browser to keep the capture screen ready without a network, and lets a newer one take its turn. */

const ADDRESS = "/sw.js";

/** Only this one address may become a worker; the security policy names this rule. @returns {any} */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const only = (/** @type {string} */ asked) => {
    if (asked !== ADDRESS) throw new TypeError("Crosswalk has one worker.");
    return asked;
  };
  return types ? types.createPolicy("crosswalk-worker", { createScriptURL: only }).createScriptURL(ADDRESS) : ADDRESS;
}

/** @type {Promise<ServiceWorkerRegistration | null> | null} */
let registering = null;

/** Registers once; where it may not, the page simply needs the network. */
async function register() {
  try {
    return await navigator.serviceWorker.register(address(), { scope: "/" });
  } catch {
    return null;
  }
}

/**
 * A newer worker waits until no visit is open on this phone: here by what `idle` says, elsewhere by its own look.
 * @param {() => boolean} idle
 */
export async function keepReady(idle) {
  if (!("serviceWorker" in navigator)) return;
  const first = !registering;
  registering ??= register();
  const registration = await registering;
  if (!registration) return;
  const turn = () => idle() && registration.waiting?.postMessage("your turn");
  turn();
  if (!first) return;
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", turn));
}
