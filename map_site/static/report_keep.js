// Reports on this device: those that wait for signal, whole, and of those that were sent their codes.
// The service worker has this too: nothing here touches the page.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const report = (fahsai.report = fahsai.report || {});
  const NAME = "fahsai-report";
  const STORE = "reports";

  let opening = null;
  const open = () =>
    (opening = opening || new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "client_id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    }));

  async function run(mode, ask) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  // False where the device keeps nothing.
  async function put(one) {
    try {
      await run("readwrite", (store) => store.put(one));
      return true;
    } catch {
      return false;
    }
  }

  // Newest first.
  async function all() {
    try {
      const found = await run("readonly", (store) => store.getAll());
      return found.sort((a, b) => (a.made_at < b.made_at ? 1 : -1));
    } catch {
      return [];
    }
  }

  const remove = (id) => run("readwrite", (store) => store.delete(id)).catch(() => {});

  report.kept = { all, put, remove };
})();
