/** What this screen has asked and has no answer to yet. It outlives reload, cut and stall: an entry leaves only when
 * the server has answered. In IndexedDB, or in memory where there is none (`lasting()` false). */

const MOST = 50;
const OLD_MS = 24 * 3600 * 1000;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("baraza", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "id" });
      request.result.createObjectStore("drafts", { keyPath: ["workshop", "place"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The outbox of a workshop; `disk` is an open database or none. `entries` {id, workshop, do, at, error?, kept?} are
 * in the order in which they were asked, `drafts` the words being written at each place. */
export function makeOutbox(workshop, disk = null, entries = [], drafts = new Map()) {
  const table = (name) => disk.transaction(name, "readwrite").objectStore(name);
  // A phone without room keeps things in memory: they are sent all the same.
  const put = (entry) => disk && done(table("outbox").put(entry)).catch(() => { disk = null; });
  const of = (id) => entries.find((entry) => entry.id === id);
  return {
    entries,
    drafts,
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

    /** Take everything out, drafts too: nothing of this workshop may stay on this phone. */
    async empty() {
      const places = [...drafts.keys()];
      drafts.clear();
      await Promise.all([
        ...entries.splice(0).map(({ id }) => disk && done(table("outbox").delete(id))),
        ...places.map((place) => disk && done(table("drafts").delete([workshop, place]))),
      ]);
    },

    /** Entries to be sent now: neither refused, nor kept, nor so old that somebody has to be asked first. */
    due: (now = Date.now()) => entries.filter((e) => !e.error && !e.kept && now - e.at < OLD_MS),

    /** Entries too old to be sent without asking. */
    old: (now = Date.now()) => entries.filter((e) => !e.error && !e.kept && now - e.at >= OLD_MS),

    /** Keep the words being written at `place`. */
    async keepDraft(place, text) {
      if (text) drafts.set(place, text);
      else drafts.delete(place);
      if (disk) await done(text ? table("drafts").put({ workshop, place, text }) : table("drafts").delete([workshop, place]));
    },
  };
}

/** The outbox of a workshop, with what was left in it. */
export async function openOutbox(workshop) {
  try {
    const disk = await opened();
    const all = (name) => done(disk.transaction(name).objectStore(name).getAll());
    const mine = (found) => found.filter((entry) => entry.workshop === workshop);
    const entries = mine(await all("outbox")).sort((a, b) => a.at - b.at);
    return makeOutbox(workshop, disk, entries, new Map(mine(await all("drafts")).map((d) => [d.place, d.text])));
  } catch {
    return makeOutbox(workshop); // private windows and portals' mini-browsers may have no database at all
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
