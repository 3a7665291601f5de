/** Rows by one of their fields: looked up once for a drawing, not once for each of a thousand cards. */

import { rows } from "../lib/tables.js";

const NONE = [];
let seen = { store: null, cursor: -1, found: new Map() };

/** The rows of a table whose `field` is `value`, those gone left out. */
export function by(store, table, field, value) {
  if (seen.store !== store || seen.cursor !== store.cursor) {
    seen = { store, cursor: store.cursor, found: new Map() };
  }
  const key = `${table} ${field}`;
  if (!seen.found.has(key)) seen.found.set(key, grouped(rows(store, table), field));
  return seen.found.get(key).get(value) ?? NONE;
}

function grouped(all, field) {
  const found = new Map();
  for (const row of all) {
    if (found.has(row[field])) found.get(row[field]).push(row);
    else found.set(row[field], [row]);
  }
  return found;
}
