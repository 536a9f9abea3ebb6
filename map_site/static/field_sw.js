// Keeps the pages of the field and of the report on the device: they open at once, with signal or
// without. What is near is kept by the page itself, under its own time. VERSION, FILES and PREFIX, the
// path at which a proxy publishes the site, are set in front of this by the service.
"use strict";

/* global VERSION, FILES, PREFIX */
const PAGES = [`${PREFIX}/field`, `${PREFIX}/report`];
const SHELL = `fahsai-field-${VERSION}`;
const OWN = /^fahsai-field-(?!answers$)/;
const STAFF = new RegExp(`^${PREFIX}/staff/(work-list|inspect(/.*)?)$`);
const STAFF_FORM = `${PREFIX}/staff/inspect`;
const STAFF_PAGES = "fahsai-staff-pages"; // as inspect/keep.js has it
const STAFF_WITHIN_MS = 8000;
// What was kept of one person is nothing for the next.
const SIGNING = new RegExp(`^${PREFIX}/staff/sign-(in|out)`);
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
  const kept = (await cache.match(keptAs(request), exact)) || (await caches.match(request.url, exact));
  return kept || fetch(request);
}

// What is for staff alone comes from the service, which knows who asks. Only where it cannot be
// reached does what was kept stand in: the page itself, or the form of every case.
async function answerStaff(request) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new TypeError("no answer")), STAFF_WITHIN_MS));
  try {
    return await Promise.race([fetch(request), late]);
  } catch (problem) {
    const cache = await caches.open(STAFF_PAGES);
    const { pathname, searchParams } = new URL(request.url);
    const language = searchParams.get("lang") === "en" ? "?lang=en" : "";
    const isForm = pathname === STAFF_FORM || pathname.startsWith(`${STAFF_FORM}/`);
    const kept = await cache.match(isForm ? STAFF_FORM + language : request.url, exact);
    if (kept) return kept;
    throw problem;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const asked = new URL(url);
  if (asked.origin !== self.location.origin) return;
  if (method === "POST" && SIGNING.test(asked.pathname)) event.waitUntil(caches.delete(STAFF_PAGES));
  if (method !== "GET") return;
  if (asked.pathname.startsWith(`${PREFIX}/static/`) || (mode === "navigate" && isPage(asked))) event.respondWith(answer(event.request));
  else if (mode === "navigate" && STAFF.test(asked.pathname)) event.respondWith(answerStaff(event.request));
});

// Reports that wait on this device, once there is signal: the browser asks, page or no page.
async function sendReports() {
  try {
    await fahsai.report.parcel.sendAll();
  } finally {
    for (const client of await self.clients.matchAll()) client.postMessage("reports");
  }
}

self.addEventListener("sync", (event) => event.tag === "fahsai-report" && event.waitUntil(sendReports()));
