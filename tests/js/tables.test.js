import assert from "node:assert/strict";
import { test } from "node:test";

import { cut, empty, joined, merged, row, rows } from "../../static/js/lib/tables.js";

const card = (id, seq, more = {}) => ({ table: "cards", id, seq, audience: "board:s.A", board: "s.A", text: id, ...more });
const me = (seq, ...audiences) => ({ table: "me", id: "p", seq, audience: "person:p",
  audiences: Object.fromEntries(["all", "person:p", ...audiences].map((name) => [name, 1])) });
const reply = (seq, list, epoch = "e") => ({ epoch, seq, rows: list });
const texts = (store) => rows(store, "cards").map((c) => c.text).sort();

test("the newer row wins, whichever comes first", () => {
  const store = joined(empty(), reply(2, [card("a", 2, { text: "new" })]));
  merged(store, reply(1, [card("a", 1, { text: "old" })]));
  assert.equal(row(store, "cards", "a").text, "new");
  merged(store, reply(3, [card("a", 3, { text: "newest" })]));
  assert.equal(row(store, "cards", "a").text, "newest");
});

test("a row of the same seq replaces its tombstone: who loses and enters at once keeps it", () => {
  const store = joined(empty(), reply(4, [card("a", 4)]));
  merged(store, reply(5, [{ table: "cards", id: "a", seq: 5, gone: true }]));
  assert.deepEqual(rows(store, "cards"), []);
  merged(store, reply(5, [card("a", 5)]));
  assert.deepEqual(texts(store), ["a"]);
});

test("a join reply that was read before a tombstone and arrives after it brings nothing back", () => {
  const store = empty();
  merged(store, reply(8, [{ table: "cards", id: "a", seq: 8, gone: true }]));
  joined(store, reply(7, [card("a", 3)]));
  assert.deepEqual(rows(store, "cards"), []);
});

test("merging me drops the rows of audiences that it no longer names", () => {
  const store = joined(empty(), reply(5, [me(1, "board:s.A"), card("a", 2), card("open", 3, { audience: "all" })]));
  merged(store, reply(6, [me(6, "board:s.B")]));
  assert.deepEqual(texts(store), ["open"]);
});

test("a join reply from before a move doesn't bring the old board back", () => {
  const store = joined(empty(), reply(5, [me(1, "board:s.A"), card("a", 2)]));
  cut(store);
  merged(store, reply(6, [me(6, "board:s.B")]));
  joined(store, reply(5, [me(1, "board:s.A"), card("a", 2)]));
  assert.deepEqual(texts(store), []);
});

test("the cursor moves only once the join reply was merged", () => {
  const store = joined(empty(), reply(5, []));
  cut(store);
  merged(store, reply(9, [card("late", 9)]));
  assert.equal(store.cursor, 5);
  assert.deepEqual(texts(store), ["late"]);
  joined(store, reply(8, []));
  assert.equal(store.cursor, 8);
  merged(store, reply(9, [card("late", 9)]));
  assert.equal(store.cursor, 9);
});

test("a reply of another epoch drops everything and asks for a join from the beginning", () => {
  const store = joined(empty(), reply(5, [card("a", 2)]));
  cut(store);
  merged(store, reply(6, [card("b", 6)], "other"));
  joined(store, reply(6, [card("b", 6)], "other"));
  assert.deepEqual([store.live, store.cursor, texts(store)], [false, 0, []]);
  joined(store, reply(6, [card("b", 6)], "other"));
  assert.deepEqual([store.live, store.cursor, texts(store)], [true, 6, ["b"]]);
});

test("a delta of another epoch on a live line drops everything", () => {
  const store = joined(empty(), reply(5, [card("a", 2)]));
  merged(store, reply(1, [card("b", 1)], "other"));
  assert.deepEqual(store, empty());
});

test("what came before the first reply of a line that was cut is dropped: nobody knows its epoch", () => {
  const store = empty();
  merged(store, reply(3, [card("a", 3)]));
  assert.deepEqual(texts(store), ["a"]);
  assert.deepEqual(cut(store), empty());
});

test("fields that were left out have their default, and a row stays the same object until it changes", () => {
  const store = joined(empty(), reply(2, [card("a", 2)]));
  assert.equal(row(store, "cards", "a").state, "on");
  assert.equal(row(store, "cards", "a"), rows(store, "cards")[0]);
  assert.equal(row(store, "cards", "nobody"), undefined);
});
