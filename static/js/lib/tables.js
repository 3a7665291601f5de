/** What this screen knows of a workshop, and the one way in which it learns more: the newer row wins.
 *
 * A store is a plain object: `tables` {table: {id: row}} (rows and tombstones as they came), `cursor` (ask for rows
 * from here on), `epoch` of the workshop's file, `live` (a join reply was merged on this connection). Nothing here
 * knows what a row means but two things: `me` names the audiences that a person belongs to, and rows come without the
 * fields that have their default.
 */

import { DEFAULTS } from "../protocol.js";

/** A store that knows nothing. */
export const empty = () => ({ tables: {}, cursor: 0, epoch: null, live: false });

/** Before each join: the next reply is needed before the cursor may move again. */
export function cut(store) {
  store.live = false;
  if (store.epoch === null) store.tables = {};
  return store;
}

/** Merge a join reply. It leaves `live` false when the reply is of another epoch: everything is dropped, join again. */
export function joined(store, { epoch, seq, rows }) {
  if (store.epoch !== null && store.epoch !== epoch) return Object.assign(store, empty());
  store.epoch = epoch;
  put(store, rows);
  drop(store);
  store.cursor = Math.max(store.cursor, seq);
  store.live = true;
  return store;
}

/** Merge a delta, also one that comes before the join reply: then the cursor stays. A delta of another epoch drops
 * everything, or is left to the join reply that is under way. */
export function merged(store, { epoch, seq, rows }) {
  if (store.epoch !== null && store.epoch !== epoch) return store.live ? Object.assign(store, empty()) : store;
  if (put(store, rows)) drop(store);
  if (store.live) store.cursor = Math.max(store.cursor, seq);
  return store;
}

/** Put each row that is at least as new as the one there; true if `me` was among them. */
function put(store, rows) {
  let me = false;
  for (const row of rows) {
    const table = (store.tables[row.table] ??= {});
    if (table[row.id] && table[row.id].seq > row.seq) continue;
    table[row.id] = row;
    me ||= row.table === "me";
  }
  return me;
}

/** Drop the rows of audiences that `me` doesn't name (any more). */
function drop(store) {
  const me = Object.values(store.tables.me ?? {}).find((row) => !row.gone);
  if (!me) return;
  for (const table of Object.values(store.tables)) {
    for (const row of Object.values(table)) {
      if (!row.gone && !(row.audience in me.audiences)) delete table[row.id];
    }
  }
}

const whole = new WeakMap();

/** A row with the fields that were left out because they have their default. */
function filled(row) {
  if (!whole.has(row)) whole.set(row, { ...DEFAULTS[row.table], ...row });
  return whole.get(row);
}

/** The rows of a table, whole, those gone left out. */
export const rows = (store, table) =>
  Object.values(store.tables[table] ?? {}).filter((row) => !row.gone).map(filled);

/** One row of a table, whole; undefined if there is none. */
export function row(store, table, id) {
  const found = store.tables[table]?.[id];
  return found && !found.gone ? filled(found) : undefined;
}
