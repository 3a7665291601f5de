import assert from "node:assert/strict";
import { test } from "node:test";

import { makeOutbox } from "../../static/js/lib/outbox.js";

const DAY = 24 * 3600 * 1000;
const add = { kind: "AddCard", text: "words" };

test("an entry leaves only when it is taken out", async () => {
  const outbox = makeOutbox("w");
  await outbox.add("a", add);
  await outbox.add("b", add);
  assert.deepEqual(outbox.due().map((e) => e.id), ["a", "b"]);
  await outbox.remove("a");
  await outbox.remove("a");
  assert.deepEqual(outbox.due().map((e) => e.id), ["b"]);
});

test("fifty entries fit, the next is refused", async () => {
  const outbox = makeOutbox("w");
  for (let n = 0; n < 50; n++) assert.equal(await outbox.add(`${n}`, add), true);
  assert.equal(await outbox.add("one more", add), false);
  assert.equal(outbox.entries.length, 50);
});

test("what is older than a day waits for somebody to say so", async () => {
  const outbox = makeOutbox("w");
  await outbox.add("a", add, 1000);
  assert.deepEqual(outbox.due(1000 + DAY - 1).length, 1);
  assert.deepEqual(outbox.due(1000 + DAY).length, 0);
  assert.deepEqual(outbox.old(1000 + DAY).map((e) => e.id), ["a"]);
  await outbox.mark("a", { at: 1000 + DAY });
  assert.equal(outbox.due(1000 + DAY).length, 1);
});

test("what was refused or is kept here isn't sent", async () => {
  const outbox = makeOutbox("w");
  await outbox.add("a", add);
  await outbox.mark("a", { error: { code: "section-full" } });
  assert.deepEqual(outbox.due(), []);
  await outbox.mark("a", { error: undefined });
  assert.equal(outbox.due().length, 1);
  await outbox.mark("a", { kept: true });
  assert.deepEqual([outbox.due(), outbox.old()], [[], []]);
});

test("words being written are kept at their place until there are none", async () => {
  const outbox = makeOutbox("w");
  await outbox.keepDraft("board", "half a sen");
  assert.equal(outbox.drafts.get("board"), "half a sen");
  await outbox.keepDraft("board", "");
  assert.equal(outbox.drafts.has("board"), false);
});

test("emptied, it holds neither entries nor drafts", async () => {
  const outbox = makeOutbox("w");
  await outbox.add("a", add);
  await outbox.keepDraft("board", "half a thought");
  await outbox.empty();
  assert.deepEqual([outbox.entries, [...outbox.drafts]], [[], []]);
});
