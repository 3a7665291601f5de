import assert from "node:assert/strict";
import { test } from "node:test";

import { makeActivity, QUIET_MS } from "../../static/js/console/activity.js";
import { move, nextToPresent } from "../../static/js/console/course.js";
import { places } from "../../static/js/console/latecomers.js";
import { ofStage } from "../../static/js/console/projector.js";
import { clashesSaid } from "../../static/js/console/clashes.js";
import { sentences, spread } from "../../static/js/console/score.js";
import { costs } from "../../static/js/console/seat.js";
import { small } from "../../static/js/console/small.js";
import { empty, joined, row, rows } from "../../static/js/lib/tables.js";

let seq = 0;
const store = (...list) =>
  joined(empty(),
    { epoch: "e", seq: 999, rows: list.flat(Infinity).map((r) => ({ audience: "all", seq: ++seq, ...r })) });

const workshop = (more) => ({ table: "workshop", id: "workshop", title: "T", ...more });
const doors = { table: "doors", id: "doors", audience: "stage", open: true, code: "12345678", secret: "s" };
const session = (id, pos, more) =>
  ({ table: "sessions", id, pos, day: 1, kind: "groups", grouping: "random", groups: 3, title: id, ...more });
const steps = (session, states) => Object.entries(states).map(([step, state], pos) => ({ table: "steps",
  id: `${session}/${step}`, session, step, pos,
    ...(state === "waiting" ? {} : { state, closed_at: state === "done" ? ++seq : 0 }) }));
const groups = (session, labels) => [...labels]
  .map((label) => ({ table: "groups", id: `${session}.${label}`, session, label, size: 5 }));
const card = (id, board, more) =>
  ({ table: "cards", id, board, section: "s", text: id, lang: "en", pos: id, text_seq: 1, ...more });
const GROUPS = { draw: "waiting", work: "waiting", "report-back": "waiting", themes: "waiting" };

test("before anything has begun the doors come first, then the first step", () => {
  const agenda = [workshop(), session("one", 0), steps("one", GROUPS)];
  assert.equal(move(store(agenda)).kind, "doors");
  const next = move(store(agenda, doors));
  assert.deepEqual([next.kind, next.step.id, next.from, next.then.id], ["open", "one/draw", undefined, "one/work"]);
});

test("a draw is made, then revealed, then writing begins", () => {
  const at = (more, drawn) =>
    store(workshop(), doors, session("one", 0, { drawn }), steps("one", { ...GROUPS, draw: "open" }), more);
  assert.equal(move(at([])).kind, "draw");
  assert.equal(move(at(groups("one", "AB"))).kind, "reveal");
  const next = move(at(groups("one", "AB"), true));
  assert.deepEqual([next.kind, next.step.id, next.from.id], ["open", "one/work", "one/draw"]);
});

test("groups that are not drawn by lot are made", () => {
  const there = store(workshop(), doors, session("one", 0, { grouping: "attribute" }),
    steps("one", { ...GROUPS, draw: "open" }));
  assert.equal(move(there).kind, "make");
});

test("reporting back goes through an order, each group once, and then on to the themes", () => {
  const at = (presenting) => store(workshop(), doors, session("one", 0, { drawn: true }), groups("one", "ABC"),
    steps("one", { draw: "done", work: "done", "report-back": "open", themes: "waiting" }), presenting);
  const order = ["one.C", "one.A", "one.B"];
  const presenting = (more) => ({ table: "presenting", id: "one", order, ...more });
  assert.equal(move(at([])).kind, "order");
  assert.equal(move(at(presenting())).board, "one.C");
  assert.equal(move(at(presenting({ board: "one.C" }))).board, "one.A");
  assert.equal(move(at(presenting({ done: ["one.C", "one.A"], board: null }))).board, "one.B");
  assert.equal(move(at(presenting({ done: ["one.C", "one.A"], board: "one.B" }))).step.id, "one/themes");
});

test("a vote is opened, closed, and then the agenda goes on; an open vote is closed first whatever is open", () => {
  const theme = (session, state) => ({ table: "themes", id: `t${session}`, session, state });
  const vote = (open) => ({ table: "votes", id: "v", session: "one", kind: "themes", choices: ["tone"], dots: 3, open,
    voted: 0, totals: open ? null : {} });
  const at = (step, ...more) => store(workshop(), doors, session("one", 0, { drawn: true }), session("two", 1),
    steps("one", { themes: "done" }), steps("two", { [step]: "open" }), more);
  assert.equal(move(at("vote")).kind, "end");
  assert.equal(move(at("vote", theme("one", "proposed"))).kind, "end");
  const opens = move(at("vote", theme("one", "confirmed")));
  assert.deepEqual([opens.kind, opens.session.id], ["open-vote", "one"]);
  for (const step of ["vote", "work"]) {
    const closes = move(at(step, theme("one", "confirmed"), vote(true)));
    assert.deepEqual([closes.kind, closes.vote.id, closes.session.id], ["close-vote", "v", "one"]);
  }
  assert.equal(move(at("vote", theme("one", "confirmed"), vote(false))).kind, "end");
  const before = store(workshop(), doors, session("one", 0), theme("one", "confirmed"), vote(false), steps("one", { vote: "open" }));
  assert.equal(move(before).kind, "open-vote");
});

test("who was brought on the stage out of turn isn't called again", () => {
  const there = store(session("one", 0, { drawn: true }), groups("one", "AB"),
    { table: "presenting", id: "one", order: ["one.A", "one.B"], done: ["one.B"], board: "one.A" });
  assert.equal(nextToPresent(there, row(there, "sessions", "one")), undefined);
});

test("themes are suggested once there are cards, and not again after that", () => {
  const at = (...more) => store(workshop(), doors, session("one", 0, { drawn: true }), groups("one", "AB"),
    steps("one", { draw: "done", work: "done", "report-back": "done", themes: "open" }), more);
  assert.equal(move(at()).kind, "end");
  assert.equal(move(at(card("c", "one.A"))).kind, "find");
  assert.equal(move(at(card("c", "one.A", { state: "withdrawn" }))).kind, "end");
  assert.equal(move(at(card("c", "one.A"), { table: "comparisons", id: "one", audience: "lead" })).kind, "end");
});

test("proposals that not everybody sees are shown before the agenda goes on", () => {
  const proposal = (id, more) => ({ table: "proposals", id, statement: id, pos: id, ...more });
  const at = (...more) =>
    move(store(workshop(), doors, session("one", 0, { kind: "plenary" }), steps("one", { proposals: "open" }), more));
  assert.equal(at().kind, "end");
  assert.deepEqual(at(proposal("a"), proposal("b", { audience: "lead" })).proposals.map((p) => p.id), ["b"]);
  assert.equal(at(proposal("a"), proposal("b", { audience: "lead", withdrawn: true })).kind, "end");
});

test("after an old step was opened again the agenda goes on with what still waits", () => {
  const there = store(workshop(), doors, session("one", 0, { kind: "plenary" }),
    steps("one", { work: "open", themes: "done" }),
    session("two", 1, { kind: "plenary" }), steps("two", { work: "done", themes: "waiting" }));
  assert.equal(move(there).step.id, "two/themes");
});

test("between two steps, with none open, the next one opens from nothing", () => {
  const there = store(workshop(), doors, session("one", 0, { kind: "plenary" }),
    steps("one", { work: "done", themes: "waiting" }));
  const next = move(there);
  assert.deepEqual([next.kind, next.step.id, next.from], ["open", "one/themes", undefined]);
  assert.equal(move(store(workshop({ ended_at: 5 }))).kind, "ended");
});

test("latecomers fill the smallest groups, one after the other", () => {
  const there = [{ id: "A", size: 5 }, { id: "B", size: 4 }, { id: "C", size: 4 }];
  assert.deepEqual(places(["p", "q", "r", "s"], there).map(([, group]) => group.id), ["B", "C", "A", "B"]);
});

test("a group is quiet long after its last card, counted from no earlier than the step was opened", () => {
  const heard = makeActivity();
  const old = card("old", "A", { text_seq: 5 });
  const fresh = card("new", "A", { text_seq: 9 });
  heard.look([old], "draw", 1000);
  assert.deepEqual(heard.of("A", 1000 + QUIET_MS), { ms: QUIET_MS, known: false, quiet: true });
  heard.look([old], "work", 300_000);
  assert.equal(heard.of("A", 301_000).quiet, false);
  heard.look([old, fresh], "work", 400_000);
  heard.look([old, { ...fresh, audience: "all", seq: 50 }], "work", 500_000);
  assert.deepEqual(heard.of("A", 400_000 + QUIET_MS), { ms: QUIET_MS, known: true, quiet: true });
  assert.deepEqual(heard.of("B", 301_000), { ms: 300_000, known: false, quiet: false });
});

test("the projector's preview knows nothing that the projector doesn't", () => {
  const there = store(card("shown", "A"), card("ours", "A", { audience: "board:A" }), { ...doors, audience: "stage" },
    { table: "themes", id: "t", session: "one", audience: "lead" });
  const seen = ofStage(there);
  assert.deepEqual(rows(seen, "cards").map((c) => c.id), ["shown"]);
  assert.equal(rows(seen, "themes").length, 0);
  assert.equal(row(seen, "doors", "doors").code, "12345678");
});

const GOOD = { hard: 0, E: 8, Q: 8, bound_E: 8, bound_Q: 8, optimal: true, meetings: 120, max_meet: 2, partners_min: 9,
  imbalance: 0 };

test("a draw says how often people meet again and never promises more than it holds", () => {
  const said = (change) => sentences({ ...GOOD, ...change }, 3).map(({ text }) => text).join(" ");
  assert.match(said({ optimal: false }), /120 meetings .* 8 of them .* Fewer cannot be had/);
  assert.doesNotMatch(said({}), /met before/);
  assert.match(sentences(GOOD, 3, 17)[0].text, /^112 of 136 pairs of people meet/);
  assert.match(said({ optimal: false, E: 11 }), /At least 8 of these cannot be avoided/);
  assert.match(said({ E: 0, bound_E: 0, max_meet: 1 }), /^Nobody meets the same person twice\. Everybody meets/);
  assert.match(said({ imbalance: 2, optimal: false }), /2 people would have to sit elsewhere/);
  assert.doesNotMatch(said({ imbalance: 2, optimal: false }), /cannot be done better/);
  assert.deepEqual(sentences({}, 1), []);
});

test("answers are counted in each group, the balanced attribute first, who gave none named", () => {
  const person = (id, group, values, lang = "en") => [{ table: "people", id, lang, joined_at: 1 },
    { table: "attributes", id, values },
      { table: "seats", id: `one.${id}`, session: "one", group: `one.${group}`, person: id }];
  const attributes = [{ id: "role", title: "Role" },
    { id: "region", title: "Region", values: [{ id: "north" }, { id: "south" }] }];
  const there = store(workshop({ attributes, balance: ["region"] }), groups("one", "AB"),
    person("p", "A", { region: "north" }),
    person("q", "A", { region: "south" }, "fr"), person("r", "B", { region: "north" }), person("s", "B", {}));
  const found = spread(there, rows(there, "groups"));
  assert.deepEqual(found.map(({ id }) => id), ["region", "language"]);
  assert.deepEqual(found[0].values.map(({ id, counts }) => [id, ...counts]),
    [["north", 1, 1], ["south", 1, 0], ["", 0, 1]]);
  assert.deepEqual(found[1].values.map(({ id, counts }) => [id, ...counts]), [["en", 1, 2], ["fr", 1, 0]]);
});

test("what a swap costs is said before it is done, broken rules first", () => {
  const name = (id) => ({ a: "Amina", j: "Jo" })[id];
  const said = (cost) => costs({ repeats: 0, imbalance: 0, breaks: [], ...cost }, name).map(({ text }) => text);
  assert.deepEqual(said({}), ["As many new meetings as before.", "The groups stay as even as they are."]);
  const broken = said({ repeats: 2, imbalance: 1, breaks: [{ kind: "apart", people: ["a", "j"] }] });
  assert.equal(broken[0], "Amina and Jo would sit together, but are to be apart.");
  assert.match(broken[1], /^2 more meetings/);
  assert.match(broken[2], /^Less even: 1 person/);
});

test("rules that contradict each other are named with the people they are about, each once", () => {
  const name = (id) => ({ a: "Amina", j: "Jo" })[id];
  const clash = { kind: "pin_vs_apart", people: ["a", "j"], group: 1 };
  assert.deepEqual(clashesSaid({ clashes: [clash, clash] }, name),
    ["Amina and Jo must be apart, but are pinned to the same group."]);
  assert.deepEqual(clashesSaid({ clashes: ["a", "j"].map((id) => ({ kind: "no_language", people: [id] })) }, name),
    ["Too few people here share a language with Amina and Jo."]);
});

test("a group is small when fewer than three of it are here, and only where others could take them", () => {
  const seat = (id, group, away) => [{ table: "people", id, lang: "en", joined_at: 1, away },
    { table: "seats", id: `one.${id}`, session: "one", group: `one.${group}`, person: id }];
  const full = ["a", "b", "c"].flatMap((id) => seat(id, "A", false));
  const session = { id: "one" };
  const few = (...rest) => small(store(workshop({}), groups("one", "AB"), full, ...rest), session)
    .map(({ group, here }) => [group.label, here]);
  assert.deepEqual(few(seat("d", "B", false), seat("e", "B", false), seat("f", "B", true)), [["B", 2]]);
  assert.deepEqual(few(seat("d", "B", false), seat("e", "B", false), seat("f", "B", false)), []);
  assert.deepEqual(few(), []);
});
