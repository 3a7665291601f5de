/** What this screen has asked and has no answer to yet. It outlives reload, cut and stall: an entry leaves only when
 * the server has answered. In IndexedDB, or in memory where there is none (`lasting()` false). */

const MOST = 50;
const OLD_MS = 24 * 3600 * 1000;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("baraza", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "id" });
      request.result.createObjectStore("drafts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The outbox of a workshop, without a place on disk. `disk` is an open database. */
export function makeOutbox(workshop, disk = null, entries = []) {
  const table = (name) => disk.transaction(name, "readwrite").objectStore(name);
  const drafts = new Map();
  // A phone without room keeps the entry in memory: it is sent all the same.
  const put = (entry) => disk && done(table("outbox").put(entry)).catch(() => { disk = null; });
  const of = (id) => entries.find((entry) => entry.id === id);
  return {
    entries,
    lasting: () => Boolean(disk),

    /** Keep {id, do}; false when it is full. Resolves once it is on disk. */
    async add(id, command, now = Date.now()) {
      if (entries.length >= MOST) return false;
      const entry = { id, workshop, do: command, at: now };
      entries.push(entry);
      await put(entry);
      return true;
    },

    /** Change an entry: {error} it was refused, {kept} it stays here, {at} it may be sent again. */
    async mark(id, change) {
      const entry = of(id);
      if (entry) await put(Object.assign(entry, change));
    },

    /** Take an entry out. */
    async remove(id) {
      const entry = of(id);
      if (!entry) return;
      entries.splice(entries.indexOf(entry), 1);
      if (disk) await done(table("outbox").delete(id));
    },

    /** Entries to be sent now: neither refused, nor kept, nor so old that somebody has to be asked first. */
    due: (now = Date.now()) => entries.filter((e) => !e.error && !e.kept && now - e.at < OLD_MS),

    /** Entries too old to be sent without asking. */
    old: (now = Date.now()) => entries.filter((e) => !e.error && !e.kept && now - e.at >= OLD_MS),

    /** The words that were being written at `place`, "" if none. */
    async draft(place) {
      const key = `${workshop}/${place}`;
      return (disk ? await done(table("drafts").get(key)) : drafts.get(key)) ?? "";
    },

    /** Keep the words being written at `place`. */
    async keepDraft(place, text) {
      const key = `${workshop}/${place}`;
      if (disk) await done(text ? table("drafts").put(text, key) : table("drafts").delete(key));
      else drafts.set(key, text);
    },
  };
}

/** The outbox of a workshop, with what was left in it. */
export async function openOutbox(workshop) {
  try {
    const disk = await opened();
    const all = await done(disk.transaction("outbox").objectStore("outbox").getAll());
    return makeOutbox(workshop, disk, all.filter((e) => e.workshop === workshop).sort((a, b) => a.at - b.at));
  } catch {
    return makeOutbox(workshop);
  }
}

/** Forget everything on this phone. */
export async function wipe() {
  localStorage.clear();
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase("baraza");
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}
