// Keeps the pages of the field and of the report on the device: they open at once, with signal or
// without. What is near is kept by the page itself, under its own time. VERSION, FILES and PREFIX, the
// path at which a proxy publishes the site, are set in front of this by the service.
"use strict";

/* global VERSION, FILES, PREFIX */
const PAGES = [`${PREFIX}/field`, `${PREFIX}/report`];
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

// Of the field's addresses all but the language is read by its script; a code is for the service.
const isPage = ({ pathname, searchParams }) => PAGES.includes(pathname) && !searchParams.has("code");

function keptAs(request) {
  const asked = new URL(request.url);
  if (request.mode !== "navigate" || !isPage(asked)) return asked.href;
  return asked.searchParams.get("lang") === "en" ? `${asked.pathname}?lang=en` : asked.pathname;
}

async function answer(request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(keptAs(request), exact)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const asked = new URL(url);
  if (method !== "GET" || asked.origin !== self.location.origin) return;
  if (asked.pathname.startsWith(`${PREFIX}/static/`) || (mode === "navigate" && isPage(asked))) event.respondWith(answer(event.request));
});
