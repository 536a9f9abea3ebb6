// Shows what the service tells this browser by Web Push, and opens the map that shows it. Joined
// with the service worker of the field, as a page can have only one.
"use strict";

/* global PREFIX */
function told(event) {
  try {
    return event.data.json();
  } catch {
    return {}; // browsers want something shown for every message
  }
}

async function showAlert(event) {
  const { title, body, url, tag } = told(event);
  await self.registration.showNotification(title || "ฟ้าใส Fahsai", {
    body: body || "",
    tag: tag || "fahsai",
    lang: "th",
    icon: `${PREFIX}/static/icon-192.png`,
    data: { url: url || "" },
  });
}

// Of an address no more than its path is followed: a notification opens nothing but this service.
function opened(url) {
  try {
    const { protocol, pathname, search, hash } = new URL(url);
    if (/^https?:$/.test(protocol)) return self.location.origin + pathname + search + hash;
  } catch {
    // No address: the first page will do.
  }
  return `${self.location.origin}${PREFIX}/`;
}

self.addEventListener("push", (event) => event.waitUntil(showAlert(event)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(opened(event.notification.data.url)));
});
