// Keeps the field page on the device: it opens at once, with signal or without. What is near is kept
// by the page itself, under its own time. VERSION, FILES and PREFIX, the path at which a proxy publishes
// the site, are set in front of this by the service.
"use strict";

/* global VERSION, FILES, PREFIX */
const FIELD = `${PREFIX}/field`;
const SHELL = `fahsai-field-${VERSION}`;
const OWN = /^fahsai-field-(?!answers$)/;
const exact = { ignoreVary: true };

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll(FILES);
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => OWN.test(name) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Of the page's addresses all but the language is read by its script.
function keptAs(request) {
  const { pathname, searchParams, href } = new URL(request.url);
  if (request.mode === "navigate" && pathname === FIELD) return searchParams.get("lang") === "en" ? `${FIELD}?lang=en` : FIELD;
  return href;
}

async function answer(request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(keptAs(request), exact)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith(`${PREFIX}/static/`) || (mode === "navigate" && pathname === FIELD)) event.respondWith(answer(event.request));
});
