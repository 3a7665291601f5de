import assert from "node:assert/strict";
import { test } from "node:test";

import { empty, joined } from "../../static/js/lib/tables.js";
import { pagesOf } from "../../static/js/stage/fit.js";
import { codeFace, toType } from "../../static/js/stage/frame.js";
import { columns } from "../../static/js/stage/groups.js";
import { isLocal } from "../../static/js/stage/lobby.js";
import {
  choicesOf, groupsBehind, lastVote, namesIn, sessionNow, shownProposals, shownThemes,
} from "../../static/js/stage/rows.js";
import { scene } from "../../static/js/stage/scene.js";
import { sharesOf } from "../../static/js/stage/themes.js";

let seq = 0;
const store = (...rows) =>
  joined(empty(), { epoch: "e", seq: 99, rows: rows.flat(3).map((r) => ({ audience: "all", seq: ++seq, ...r })) });

const workshop = (more = {}) => ({ table: "workshop", id: "workshop", title: "Water", ...more });
const session = (id, pos, more = {}) => ({ table: "sessions", id, title: id, day: 1, kind: "groups", pos, ...more });
const step = (session, step, more) => ({ table: "steps", id: `${session}/${step}`, session, step, pos: 0, ...more });
const group = (session, label, more = {}) => ({ table: "groups", id: `${session}.${label}`, session, label, ...more });
const theme = (id, session, more = {}) => ({ table: "themes", id, session, ...more });
const vote = (id, session, more = {}) => ({ table: "votes", id, session, kind: "themes", choices: [], dots: 3, open: false,
  voted: 0, totals: {}, ...more });
const view = (view) => ({ table: "stage", id: "stage", audience: "stage", view });

const seen = (...rows) => {
  const { name, session } = scene(store(workshop(), agenda, rows));
  return `${name} ${session?.id ?? ""}`.trim();
};
const agenda = [
  session("welcome", 0, { kind: "talk" }), session("one", 1), session("two", 2), session("all", 3, { kind: "plenary" }),
];

test("the stage follows the open step", () => {
  const open = (kind, ...rows) => seen(step("one", kind, { state: "open" }), rows);
  assert.equal(open("lobby"), "join one");
  assert.equal(open("draw"), "drawing one");
  assert.equal(open("draw", session("one", 1, { drawn: true })), "groups one");
  assert.equal(open("work"), "question one");
  assert.equal(open("report-back"), "report one");
  assert.equal(open("themes"), "sorting one");
  assert.equal(open("themes", theme("t", "one")), "themes one");
  assert.equal(open("proposals"), "writing one");
  assert.equal(open("vote"), "sorting one");
  assert.equal(open("vote", theme("t", "one")), "themes one");
  assert.equal(open("sign-off"), "sign-off one");
});

test("an open vote has the stage, its totals until the step moves on, and later when a facilitator chooses them", () => {
  const open = (kind, ...rows) => seen(step("two", kind, { state: "open" }), rows);
  const going = vote("v", "one", { open: true });
  assert.equal(open("work", going), "vote one");
  assert.equal(open("vote", vote("v", "one")), "vote one");
  assert.equal(open("themes", theme("t", "two"), vote("v", "two")), "vote two");
  assert.equal(open("work", vote("v", "one")), "question two");
  assert.equal(seen(vote("v", "one"), theme("t", "two"), step("two", "vote", { state: "open" })), "themes two");
  assert.equal(open("work", vote("v", "one"), view("vote")), "vote one");
  assert.equal(open("work", going, view("themes")), "sorting two");
});

test("choices stand in their order while the vote is open, then by their dots, those that are gone left out", () => {
  const choices = ["a", "b", "c", "d", "e"];
  const there = (totals) => {
    const it = store(workshop(), ["a", "b", "c"].map((id) => theme(id, "one")), theme("d", "one", { state: "dropped" }),
      vote("v", "one", { choices, open: !totals, totals }));
    return choicesOf(it, lastVote(it)).map(({ id, n }) => `${id} ${n}`);
  };
  assert.deepEqual(there(null), ["a 0", "b 0", "c 0"]);
  assert.deepEqual(there({ a: 1, b: 4, c: 4, d: 9, e: 9 }), ["b 4", "c 4", "a 1"]);
});

test("before the first step people join, between two steps the stage says what comes, after the end it says so", () => {
  assert.equal(seen(step("one", "draw")), "join welcome");
  assert.equal(seen(step("one", "draw", { state: "done", closed_at: 5 }), step("one", "work")), "between one");
  assert.equal(scene(store(workshop({ ended_at: 7 }), agenda, view("join"))).name, "ended");
  assert.equal(scene(store()).name, "blank");
});

test("what a facilitator chose goes before the open step", () => {
  const open = step("two", "work", { state: "open" });
  assert.equal(seen(open, view("blank")), "blank two");
  assert.equal(seen(open, view("join")), "join two");
  assert.equal(seen(open, view("groups")), "drawing two");
  assert.equal(seen(open, view("auto")), "question two");
});

test("report and themes chosen by hand show the latest session that has any", () => {
  const open = step("two", "work", { state: "open" });
  const presenting = { table: "presenting", id: "one", order: ["one.A"] };
  assert.equal(seen(open, view("report"), presenting), "report one");
  assert.equal(seen(open, view("themes"), theme("t", "one")), "themes one");
  assert.equal(seen(open, view("themes"), theme("t", "one"), theme("u", "two")), "themes two");
  assert.equal(seen(open, view("themes"), theme("t", "one", { state: "dropped" })), "sorting two");
});

test("a plenary at work shows its board once it was brought on the stage", () => {
  const open = step("all", "work", { state: "open" });
  assert.equal(seen(open), "question all");
  assert.equal(seen(open, { table: "presenting", id: "all", order: ["all"], board: "all" }), "report all");
});

test("the room is in the session of the open step, else in the one that closed last, else in the first", () => {
  const [early, late] = [step("one", "work", { closed_at: 9 }), step("two", "work", { closed_at: 4 })];
  assert.equal(sessionNow(store(agenda)).id, "welcome");
  assert.equal(sessionNow(store(agenda, early, late)).id, "one");
  assert.equal(sessionNow(store(agenda, early, step("two", "draw", { state: "open" }))).id, "two");
});

test("what only facilitators may see never comes on the stage, not even in their own preview", () => {
  const there = store(theme("t", "one", { audience: "lead" }), theme("u", "one"),
    { table: "proposals", id: "p", audience: "lead", statement: "x" }, { table: "proposals", id: "q", statement: "y" });
  assert.deepEqual(shownThemes(there, "one").map((t) => t.id), ["u"]);
  assert.deepEqual(shownProposals(there).map((p) => p.id), ["q"]);
  const names = [group("one", "A"), { table: "seats", id: "one.ada", session: "one", group: "one.A", person: "ada" },
    { table: "names", id: "ada", name: "Ada" }];
  assert.deepEqual(namesIn(store(workshop(), names), "one.A"), []);
  assert.deepEqual(namesIn(store(workshop({ names_on_stage: true }), names), "one.A").map((n) => n.name), ["Ada"]);
});

test("confirmed themes come first, then those that more groups raised; labels are in the order of the groups", () => {
  const there = store(group("one", "A"), group("one", "B"), group("one", "C"),
    theme("few", "one", { state: "confirmed", groups: ["one.C"] }),
    theme("open", "one", { groups: ["one.A", "one.B", "one.C"] }),
    theme("many", "one", { state: "confirmed", groups: ["one.C", "one.A"] }));
  assert.deepEqual(shownThemes(there, "one").map((t) => t.id), ["many", "few", "open"]);
  assert.deepEqual(shownThemes(there, "one")[0].labels, ["A", "C"]);
});

test("a proposal names the groups behind it for each session apart, since group A is not the same people twice", () => {
  const there = store(agenda, group("one", "A"), group("one", "B"), group("two", "A"),
    theme("t", "one", { groups: ["one.B", "one.A"] }), { table: "cards", id: "c", board: "two.A" });
  assert.deepEqual(groupsBehind(there, { themes: ["t"], cards: [] }), [["A", "B"]]);
  assert.deepEqual(groupsBehind(there, { themes: ["t"], cards: ["c"] }), [["A", "B"], ["A"]]);
  assert.deepEqual(groupsBehind(there, { themes: ["gone"], cards: ["gone"] }), []);
});

test("pages hold every card once, in order, each page with its sections", () => {
  for (let n = 0; n < 60; n += 7) {
    const long = (i) => "x".repeat((i * 37) % 300);
    const cards = (from) => Array.from({ length: n }, (_, i) => ({ id: `${from}${i}`, text: long(i) }));
    const sections = [{ section: "s", cards: cards("s") }, { section: "t", cards: cards("t") }];
    const pages = pagesOf(sections, 30);
    assert.deepEqual(pages.flat().flatMap((part) => part.cards), sections.flatMap((part) => part.cards));
    assert.ok(pages.every((page) => new Set(page.map((part) => part.section)).size === page.length));
    assert.ok(n === 0 || pages.every((page) => page.every((part) => part.cards.length)));
  }
});

test("a card that is longer than a page has a page of its own", () => {
  const pages = pagesOf([{ section: "s", cards: [{ text: "a" }, { text: "x".repeat(1000) }, { text: "b" }] }], 10);
  assert.deepEqual(pages.map((page) => page[0].cards.length), [1, 1, 1]);
});

test("up to five groups stand in one row, up to twelve in two", () => {
  assert.deepEqual([1, 3, 5, 6, 8, 12, 13, 24].map(columns), [1, 3, 5, 3, 4, 6, 4, 6]);
});

test("a lane with many themes gets more of the width, unless all have many", () => {
  assert.deepEqual(sharesOf([5, 1, 0]), [2, 1, 0.8]);
  assert.deepEqual(sharesOf([6, 6, 6]), [1, 1, 1]);
  assert.deepEqual(sharesOf([0, 0, 2]), [0.8, 0.8, 1]);
});

test("the Wi-Fi is spoken of where the address only works in the room", () => {
  const local = ["192.168.8.10:8080", "10.0.0.1", "[fd00::1]:8080", "room.lan", "laptop.local:8080", "baraza"];
  assert.ok(local.every(isLocal));
  assert.ok(!["workshop.example.org", "example.org:8443"].some(isLocal));
});

test("an address is shown as one types it, a code in two fours", () => {
  assert.equal(toType("http://192.168.8.10:8080"), "192.168.8.10:8080");
  assert.equal(toType("https://example.org"), "example.org");
  assert.equal(codeFace("48291370"), "4829\u202f1370");
});
