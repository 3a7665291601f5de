import assert from "node:assert/strict";
import { test } from "node:test";

import { makeClock } from "../../static/js/lib/clock.js";
import { newId } from "../../static/js/lib/ids.js";
import { pause } from "../../static/js/lib/socket.js";

test("an id is 22 characters of base64url, and no two are alike", () => {
  const ids = Array.from({ length: 500 }, newId);
  assert.ok(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id)));
  assert.equal(new Set(ids).size, 500);
});

test("the clock counts by itself and is moved forward, never back, by late messages", () => {
  let ticks = 100;
  const clock = makeClock(() => ticks);
  clock.set(5000);
  ticks = 350;
  assert.equal(clock.now(), 5250);
  clock.hear(5200);
  assert.equal(clock.now(), 5250);
  clock.hear(5300);
  assert.equal(clock.now(), 5300);
  clock.set(1000);
  assert.equal(clock.now(), 1000);
});

test("attempts to connect wait longer and longer, ten seconds at most, never all at once", () => {
  assert.ok(pause(0, 0) === 0 && pause(0, 1) <= 1000);
  for (let n = 1; n < 20; n++) {
    assert.ok(pause(n, 1) <= 10_000);
    assert.ok(pause(n + 1, 0) >= pause(n, 0));
    assert.ok(pause(n, 1) > pause(n, 0));
  }
});
