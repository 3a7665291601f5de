/** Which cards the console offers to a machine: those that the server would send, and no other. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lacking } from "../../static/js/console/translating.js";
import { empty, joined } from "../../static/js/lib/tables.js";

let seq = 0;
const store = (...list) => joined(empty(), { epoch: "e", seq: 99, rows: list.map((r) => ({ audience: "all", seq: ++seq, ...r })) });
const card = (id, more = {}) => ({ table: "cards", id, pos: id, board: "b", section: "one/ideas", text: id, lang: "en",
  text_seq: 5, ...more });
const translation = (id, more = {}) => ({ table: "translations", id: `${id}.fr`, card: id, lang: "fr", text: "mots", of: 5, ...more });

test("what nobody has translated, or only a machine before the card was changed", () => {
  const there = store({ table: "sections", id: "one/ideas", session: "one", title: "", pos: 0 },
    card("plain"), card("by-hand"), card("stale-by-hand"), card("made"), card("stale"),
    translation("by-hand"), translation("stale-by-hand", { of: 4 }),
    translation("made", { by: "machine" }), translation("stale", { by: "machine", of: 4 }),
    card("own", { lang: "fr" }), card("variant", { lang: "fr-CH" }), card("parked", { state: "parked" }),
    card("erased", { text: null }), card("elsewhere", { section: "two/ideas" }));
  assert.deepEqual(lacking(there, "one", "fr").map((c) => c.id).sort(), ["plain", "stale"]);
});
