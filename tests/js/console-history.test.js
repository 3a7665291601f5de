import assert from "node:assert/strict";
import { test } from "node:test";

import { did, joined, lost, none, turned } from "../../static/js/lib/history.js";
import { IRREVERSIBLE } from "../../static/js/protocol.js";

const moved = (seq, before = seq - 1) => ({ seq, kind: "SeatPeople", before, tables: ["seats", "groups"] });
const seqs = ({ undo, redo }) => [undo.map((e) => e.seq), redo.map((e) => e.seq)];

test("what was done can be undone, redone and undone again, newest first", () => {
  let past = did(did(none(), moved(5)), moved(6));
  past = turned(past, 7);
  assert.deepEqual(seqs(past), [[5], [7]]);
  past = turned(past, 8, "redo");
  assert.deepEqual(seqs(past), [[5, 8], []]);
  assert.equal(past.undo.at(-1).kind, "SeatPeople");
});

test("something new ends what could be redone", () => {
  const past = did(turned(did(none(), moved(5)), 6), moved(7));
  assert.deepEqual(seqs(past), [[7], []]);
});

test("an ask that changed nothing, or whose answer names somebody else's event, isn't remembered", () => {
  assert.deepEqual(did(none(), moved(5, 5)), none());
  assert.deepEqual(did(none(), { ...moved(6, 4), tables: ["cards"] }), none());
});

test("what cannot be undone isn't offered", () => {
  for (const kind of IRREVERSIBLE) assert.deepEqual(did(none(), { ...moved(5), kind }), none());
});

test("a refused undo is dropped, so that the one before it comes next", () => {
  assert.deepEqual(seqs(lost(did(did(none(), moved(5)), moved(6)))), [[5], []]);
});

test("after joining only what the server can still take back is offered; without a memory, all of it", () => {
  assert.deepEqual(seqs(joined(none(), [3, 4])), [[3, 4], []]);
  const past = turned(did(did(none(), moved(5)), moved(6)), 7);
  assert.deepEqual(seqs(joined(past, [7, 5, 9])), [[5], [7]]);
  assert.deepEqual(seqs(joined(past, [])), [[], []]);
});
