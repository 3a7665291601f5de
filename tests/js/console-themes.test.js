import assert from "node:assert/strict";
import { test } from "node:test";

import { chains, confirmedBySession } from "../../static/js/console/across.js";
import { showing } from "../../static/js/console/proposals.js";
import { dropped, laneByCards, piled, sorted, together, untouched } from "../../static/js/console/sorting.js";
import { countThreads, threadsOf } from "../../static/js/console/threads.js";
import { empty, joined, row } from "../../static/js/lib/tables.js";

let seq = 0;
const store = (...list) =>
  joined(empty(),
    { epoch: "e", seq: 999, rows: list.flat(Infinity).map((r) => ({ audience: "all", seq: ++seq, ...r })) });
const session = { table: "sessions", id: "one", pos: 0, day: 1, kind: "groups", grouping: "random", groups: 3,
  title: "One", drawn: true };
const groups = [..."ABC"].map((label) => ({ table: "groups", id: `one.${label}`, session: "one", label }));
const card = (id, group, more) =>
  ({ table: "cards", id, board: `one.${group}`, section: "s", text: id, lang: "en", pos: id, ...more });
const theme = (id, more) => ({ table: "themes", id, session: "one", ...more });
const member = (id, theme, by = "program") => ({ table: "members", id, theme, by, fit: 0.5 });
const board = (...more) => {
  const there = store(session, groups, more);
  return sorted(there, row(there, "sessions", "one"));
};

test("every card on a board lies in exactly one place: a theme or the tray", () => {
  const there = board(card("a", "A"), card("b", "B"), card("c", "C"), card("gone", "A", { state: "withdrawn" }),
    card("other", "X"), theme("t", { groups: ["one.A", "one.B"] }), member("a", "t"), member("b", "t"),
      member("c", "vanished"));
  assert.deepEqual(there.themes[0].cards.map((c) => c.id), ["a", "b"]);
  assert.deepEqual(there.tray.map((c) => c.id), ["c"]);
  assert.equal(there.cards.length, 3);
});

test("a theme names the groups that wrote but not here, never those that wrote nothing", () => {
  const there = board(card("a", "A"), card("b", "B"), theme("t", { groups: ["one.A"] }), member("a", "t"));
  assert.deepEqual(there.themes[0].missing, ["B"]);
  assert.deepEqual(there.writing.map((g) => g.label), ["A", "B"]);
});

test("the title card comes first; dropped themes stand apart", () => {
  const there = board(card("a", "A"), card("b", "B"), card("c", "C"), theme("t", { title_card: "b" }), member("a", "t"),
    member("b", "t"), theme("u", { state: "dropped" }), member("c", "u"));
  assert.deepEqual(there.themes.map((t) => t.cards.map((c) => c.id)), [["b", "a"]]);
  assert.deepEqual(there.dropped.map((t) => t.id), ["u"]);
});

test("showing says which cards only their groups have seen, dropped themes' cards included", () => {
  const there = board(card("a", "A", { audience: "board:one.A" }), card("b", "B"),
    card("c", "C", { audience: "board:one.C" }),
    card("tray", "C", { audience: "board:one.C" }), theme("t"), member("a", "t"), member("b", "t"),
    theme("u", { state: "dropped" }), member("c", "u"));
  assert.deepEqual(there.hidden.map((c) => c.id).sort(), ["a", "c"]);
});

test("a new search replaces only what nobody has decided, named, overruled or filled", () => {
  const cards = [..."abcde"].map((id) => card(id, "A"));
  const there = board(cards, theme("free"), member("a", "free"), theme("sure", { state: "confirmed" }),
    member("b", "sure"),
    theme("named", { title: "N" }), member("c", "named"), theme("lane", { overruled: "common" }), member("d", "lane"),
    theme("filled"), member("e", "filled", "person"));
  assert.equal(untouched(there.themes), 1);
});

test("the lane by cards is common only when every group that wrote is there, and more than one did", () => {
  const lane = (labels, writing) => laneByCards({ labels }, writing);
  assert.equal(lane(["A", "B"], ["A", "B"]), "common");
  assert.equal(lane(["A", "B"], ["A", "B", "C"]), "shared");
  assert.equal(lane(["A"], ["A"]), "unique");
});

test("dropping a card places it, in a theme, the tray, or a theme of its own; onto its own theme it does nothing",
  () => {
  const there = board(card("a", "A"), card("b", "B"), theme("t"), member("a", "t"), theme("u"), member("b", "u"));
  assert.deepEqual(dropped(there, "one", "card:a", "theme:u"), { kind: "PlaceCards", cards: ["a"], theme: "u" });
  assert.equal(dropped(there, "one", "card:a", "theme:t"), null);
  assert.deepEqual(dropped(there, "one", "card:a", "tray:"), { kind: "PlaceCards", cards: ["a"], theme: null });
  assert.deepEqual(dropped(there, "one", "card:a", "lane:shared"), { kind: "NewTheme", session: "one", cards: ["a"] });
});

test("dropping a theme merges it or chooses its lane; back into the lane of its cards takes the choice back", () => {
  const there = board(card("a", "A"), card("b", "B"), card("c", "C"),
    theme("t", { groups: ["one.A"], lane: "common", overruled: "common" }),
    member("a", "t"), theme("u", { groups: ["one.B"] }), member("b", "u"));
  assert.deepEqual(dropped(there, "one", "theme:t", "theme:u"), { kind: "MergeThemes", theme: "t", into: "u" });
  assert.deepEqual(dropped(there, "one", "theme:u", "lane:shared"),
    { kind: "OverruleLane", theme: "u", lane: "shared" });
  assert.deepEqual(dropped(there, "one", "theme:t", "lane:unique"), { kind: "OverruleLane", theme: "t", lane: null });
  for (const target of ["theme:t", "lane:common", "tray:"]) assert.equal(dropped(there, "one", "theme:t", target),
    null);
});

test("showing proposals shows all themes of the sessions they rest on, and every card of these", () => {
  const lead = { audience: "lead" };
  const there = store(session, groups, card("a", "A", { audience: "board:one.A" }),
    card("b", "B", { audience: "board:one.B" }),
    card("own", "C", { audience: "board:one.C" }), card("seen", "C"), theme("t", lead),
      { ...member("a", "t"), ...lead }, theme("u", lead),
    { ...member("b", "u"), ...lead });
  const found = showing(there, [{ themes: ["t"], cards: ["own", "seen"] }]);
  assert.deepEqual(found.themes.map((t) => t.id), ["t", "u"]);
  assert.deepEqual(found.cards.map((c) => c.id).sort(), ["a", "b", "own"]);
});

const sought = (more) => ({ table: "comparisons", id: "one", language: "en", compared: true, themes: 1, cards: 1,
  head: 0, ...more });

test("cards that say nearly the same lie on one pile and move together, those elsewhere and those not chosen don't", () => {
  const there = board(card("a", "A"), card("b", "B"), card("c", "C"), card("d", "C"), theme("t"), member("a", "t"),
    member("b", "t"), sought({ stacks: [["a", "b", "c"]] }));
  assert.deepEqual(piled(there.themes[0].cards, there.piles).map((pile) => pile.map((c) => c.id)), [["a", "b"]]);
  assert.deepEqual(together(there, "a", []), ["a", "b"]);
  assert.deepEqual(together(there, "c", []), ["c"]);
  assert.deepEqual(together(there, "a", ["a", "d"]), ["a", "d"]);
  assert.deepEqual(dropped(there, "one", "card:d", "theme:t", ["c", "d"]),
    { kind: "PlaceCards", cards: ["c", "d"], theme: "t" });
});

test("a card that the program doubts comes last in its theme, one that a person placed is never doubted", () => {
  const there = board(card("a", "A"), card("b", "B"), card("c", "C"), theme("t"), { ...member("a", "t"), fit: -0.2 },
    member("b", "t"), { ...member("c", "t", "person"), fit: 0 });
  assert.deepEqual(there.themes[0].cards.map((c) => c.id), ["b", "c", "a"]);
});

test("cards in the tray that were written after the comparison are new, the others aren't", () => {
  const there = board(card("old", "A", { text_seq: 4 }), card("new", "B", { text_seq: 6 }), theme("t"),
    card("in", "C", { text_seq: 9 }), member("in", "t"), sought({ head: 5 }));
  assert.deepEqual(there.fresh.map((c) => c.id), ["new"]);
});

test("lanes for some groups count these alone", () => {
  const there = store(session, groups, card("a", "A"), card("b", "B"), card("c", "C"),
    theme("ab", { groups: ["one.A", "one.B"], lane: "shared" }), member("a", "ab"), member("b", "ab"),
    theme("c", { groups: ["one.C"] }), member("c", "c"));
  const some = sorted(there, row(there, "sessions", "one"), ["one.A", "one.B"]);
  assert.deepEqual(some.themes.map((t) => [t.id, t.lane, t.missing]), [["ab", "common", []]]);
  assert.equal(dropped(some, "one", "theme:ab", "lane:shared"), null);
});

test("a theme that was told apart from another, or lost a card, counts as touched", () => {
  const there = board(card("a", "A"), theme("t"), member("a", "t"));
  assert.equal(untouched(there.themes, []), 1);
  assert.equal(untouched(there.themes, [{ a: "c", b: "t" }]), 0);
});

test("a pair of cards is one thread however many people spun it, from either side", () => {
  const echo = (id, a, b) => ({ table: "echoes", id, card: a, own_card: b });
  const there = store(session, groups, card("a", "A"), card("b", "B"), card("c", "C"), echo("1", "a", "b"),
    echo("2", "b", "a"), echo("3", "a", "c"), echo("4", "a", null),
    { table: "verdicts", id: "a.c", a: "a", b: "c", same: true });
  assert.deepEqual(threadsOf(there, "a").map(({ own, people, same }) => [own.id, people, same]),
    [["b", 2, undefined], ["c", 1, true]]);
  assert.equal(countThreads(there, [{ id: "a" }, { id: "c" }]), 1);
  assert.equal(countThreads(there, [{ id: "a" }, { id: "b" }, { id: "c" }]), 2);
});

test("what people said is the same in several sessions hangs together, as long as it is confirmed", () => {
  const two = { ...session, id: "two", pos: 1 };
  const sure = (id, of, more) => theme(id, { session: of, state: "confirmed", ...more });
  const same = (a, b, said = true) => ({ table: "verdicts", id: [a, b].sort().join("."), a, b, same: said });
  const there = store(session, two, sure("w1", "one"), sure("w2", "two"), sure("r1", "one"), sure("r2", "two"),
    theme("open", { session: "two" }), same("w1", "w2"), same("r1", "r2", false), same("r1", "open"));
  assert.deepEqual(confirmedBySession(there).map(({ themes }) => themes.map((t) => t.id).sort()),
    [["r1", "w1"], ["r2", "w2"]]);
  assert.deepEqual(chains(there).map((chain) => chain.map((t) => t.id)), [["w1", "w2"]]);
});
