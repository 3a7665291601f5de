import assert from "node:assert/strict";
import { test } from "node:test";

import { cards, likeliest, nextStep, openStep, proposals, themes } from "../../static/js/lib/select.js";
import { empty, joined } from "../../static/js/lib/tables.js";

let seq = 0;
const store = (...list) => joined(empty(), { epoch: "e", seq: 99, rows: list.map((r) => ({ audience: "all", seq: ++seq, ...r })) });
const card = (id, pos, more = {}) => ({ table: "cards", id, pos, board: "b", section: "s", text: id, lang: "en", ...more });

test("cards lie in the order of their positions, by code unit, equal ones by id", () => {
  const there = store(card("late", "a"), card("early", "Z"), card("first", "0"), card("b-same", "V"), card("a-same", "V"),
    card("gone", "1", { state: "withdrawn" }), card("elsewhere", "1", { board: "c" }));
  assert.deepEqual(cards(there, "b").map((c) => c.id), ["first", "a-same", "b-same", "early", "late"]);
  assert.deepEqual(cards(there, "b", "withdrawn").map((c) => c.id), ["gone"]);
});

test("the next step follows the one that is open, or the last one that is done", () => {
  const steps = (...states) => [
    { table: "sessions", id: "one", pos: 0, title: "" }, { table: "sessions", id: "two", pos: 1, title: "" },
    ...states.map((state, n) => ({ table: "steps", id: `step-${n}`, session: n < 2 ? "one" : "two", step: "work", pos: n,
      ...(state && { state }) })),
  ];
  assert.equal(nextStep(store(...steps("", "", ""))).id, "step-0");
  assert.equal(nextStep(store(...steps("done", "", ""))).id, "step-1");
  const there = store(...steps("done", "open", ""));
  assert.equal(openStep(there).id, "step-1");
  assert.equal(nextStep(there).id, "step-2");
  assert.equal(nextStep(store(...steps("done", "done", "open"))), undefined);
});

test("the likeliest own card shares words, in any language either is written in", () => {
  const there = store(card("heard", "1", { text: "La pompe est cassée", lang: "fr" }),
    { table: "translations", id: "heard.en", card: "heard", lang: "en", text: "The pump is broken" },
    card("queue", "2", { text: "The queue is long" }), card("pump", "3", { text: "Broken pump, no spare part" }));
  const [heard, queue, pump] = ["heard", "queue", "pump"].map((id) => cards(there, "b").find((c) => c.id === id));
  assert.deepEqual(likeliest(there, heard, [queue, pump]).map((c) => c.id), ["pump", "queue"]);
});

test("themes go from common to unique, dropped ones are left out; withdrawn proposals too", () => {
  const theme = (id, lane, more) => ({ table: "themes", id, session: "s", lane, ...more });
  const there = store(theme("u", "unique"), theme("c", "common"), theme("d", "common", { state: "dropped" }),
    { table: "proposals", id: "p", statement: "", pos: "2" }, { table: "proposals", id: "q", statement: "", pos: "1" },
    { table: "proposals", id: "w", statement: "", pos: "0", withdrawn: true });
  assert.deepEqual(themes(there, "s").map((t) => t.id), ["c", "u"]);
  assert.deepEqual(proposals(there).map((p) => p.id), ["q", "p"]);
});
