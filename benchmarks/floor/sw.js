/** Keeps the floor’s two files, so that it starts without a network. */

const FILES = ["./", "floor.js"];

self.addEventListener("install", (event) => event.waitUntil(caches.open("floor").then((cache) => cache.addAll(FILES))));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request))));
