// What is on the device of inspections: drafts, edits that are to be sent, and photos. It outlives the
// page, the browser and the signing out: what is not sent yet is nowhere else.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const NAME = "fahsai-inspections";
  const STORES = { drafts: "inspection", edits: "revision", photos: "client_id" };

  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [store, key] of Object.entries(STORES)) asked.result.createObjectStore(store, { keyPath: key });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
  opened.catch(() => {}); // told by whoever waits for it

  // One statement on a store; resolves when it is on the disk.
  async function on(store, mode, act) {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const all = (store) => on(store, "readonly", (it) => it.getAll());
  const get = (store, key) => on(store, "readonly", (it) => it.get(key));
  const put = (store, value) => on(store, "readwrite", (it) => it.put(value));
  const remove = (store, key) => on(store, "readwrite", (it) => it.delete(key));

  // The draft and the edit that was made of it, together or not at all.
  async function save(draft, edit) {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(["drafts", "edits"], "readwrite", { durability: "strict" });
      transaction.objectStore("edits").put(edit);
      transaction.objectStore("drafts").put(draft);
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  // Ids that no two devices make alike.
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  fahsai.kept = { all, get, put, remove, save, uuid };
})();
