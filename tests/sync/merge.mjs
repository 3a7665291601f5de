// Merges what simulated phones heard with the browser's own tables.js, and compares with what they have to know.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { cut, empty, joined, merged } from "../../static/js/lib/tables.js";

const runs = JSON.parse(readFileSync(0, "utf8"));
let equal = 0;
for (const { name, heard, expected } of runs) {
  let store = empty();
  for (const [event, value] of heard) {
    store = { cut, joined, delta: merged }[event](store, value);
  }
  const rows = Object.values(store.tables).flatMap((table) => Object.values(table).filter((row) => !row.gone));
  const key = (row) => `${row.table}\u0000${row.id}`;
  const sorted = (list) => [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (isDeepStrictEqual(sorted(rows), sorted(expected))) equal += 1;
  else console.log(`${name} differs: ${rows.length} rows instead of ${expected.length}`);
}
console.log(`${equal} equal`);
