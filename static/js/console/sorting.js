/** The cards and themes of one session as the merge board needs them. No words, no drawing. */

import { row, rows } from "../lib/tables.js";
import { boardsOf } from "./course.js";

export const LANES = ["common", "shared", "unique"];

const byKey = (a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1);

/** {themes, dropped, tray, fresh, piles, writing, cards, hidden}: themes as rows with `cards`, `labels` (of the groups
 * that count) and `missing` (labels of the groups that wrote, but not here); `dropped` the same; `tray` the cards that
 * no theme holds, `fresh` those of them written since cards were compared; `piles` for a card that says nearly the same
 * as others all of them; `writing` the boards with a card; `hidden` the cards that showing the themes would show to
 * everybody. `only`: ids of the boards that are to count, if not all; lanes are then those of these groups, `some` is
 * true, and no lane is chosen by hand. */
export function sorted(store, session, only = null) {
  const boards = boardsOf(store, session);
  const label = new Map(boards.map((board) => [board.id, board.label]));
  const cards = rows(store, "cards").filter((card) => label.has(card.board) && card.state === "on").sort(byKey);
  const themesThere = rows(store, "themes").filter((theme) => theme.session === session.id);
  const held = new Map(themesThere.map((theme) => [theme.id, []]));
  const members = new Map(rows(store, "members").map((member) => [member.id, member]));
  const tray = [];
  for (const card of cards) {
    const member = members.get(card.id);
    (held.get(member?.theme) ?? tray).push({ ...card, label: label.get(card.board), member });
  }
  const writers = new Set(cards.map((card) => card.board));
  const writing = boards.filter((board) => writers.has(board.id) && (!only || only.includes(board.id)));
  const all = themesThere.map((theme) => {
    const groups = theme.groups.filter((board) => !only || only.includes(board));
    const labels = groups.map((board) => label.get(board)).filter(Boolean);
    return {
      ...theme, cards: inOrder(held.get(theme.id), theme), labels,
      missing: writing.filter((board) => !groups.includes(board.id)).map((board) => board.label),
      lane: only ? laneByCards({ labels }, writing) : theme.lane,
    };
  }).filter((theme) => !only || theme.labels.length)
    .sort((a, b) => b.labels.length - a.labels.length || b.cards.length - a.cards.length || a.order - b.order);
  const hidden = all.flatMap((theme) => theme.cards).filter((card) => card.audience !== "all");
  const [themes, dropped] = [all.filter((t) => t.state !== "dropped"), all.filter((t) => t.state === "dropped")];
  const sought = row(store, "comparisons", session.id);
  const fresh = sought ? tray.filter((card) => card.text_seq > sought.head) : [];
  return { some: only !== null, themes, dropped, tray, fresh, piles: pilesOf(sought?.stacks ?? []), writing, cards, hidden };
}

/** The title card first; then those that fit best, the doubtful ones last. */
const inOrder = (cards, theme) => cards.sort((a, b) => (b.id === theme.title_card) - (a.id === theme.title_card)
  || doubtful(a) - doubtful(b) || b.member.fit - a.member.fit || byKey(a, b));

/** Whether the program itself isn't sure that a card belongs where it put it. */
export const doubtful = ({ member }) => Boolean(member) && member.by === "program" && member.fit <= 0;

const pilesOf = (stacks) => new Map(stacks.flatMap((stack) => stack.map((id) => [id, stack])));

/** Cards in their order, those that say nearly the same as one of them behind it: [[card, more …], …]. */
export function piled(cards, piles) {
  const found = new Map();
  for (const card of cards) {
    const key = piles.get(card.id) ?? card.id;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(card);
  }
  return [...found.values()];
}

/** The ids of the cards that move with a card: all that are chosen if it is one of them, else its pile where it lies. */
export function together(board, id, picked) {
  if (picked.includes(id)) return picked;
  const place = board.tray.some((card) => card.id === id) ? board.tray
    : [...board.themes, ...board.dropped].find((theme) => theme.cards.some((card) => card.id === id))?.cards ?? [];
  const pile = board.piles.get(id) ?? [id];
  return place.filter((card) => pile.includes(card.id)).map((card) => card.id);
}

/** How many suggestions of the program nobody has touched: a new search replaces exactly these. */
export function untouched(themes, verdicts = []) {
  const told = new Set(verdicts.flatMap(({ a, b }) => [a, b]));
  return themes.filter((theme) => theme.state === "proposed" && !theme.why && theme.title === null
    && theme.overruled === null && !told.has(theme.id) && theme.cards.every((card) => card.member.by === "program"))
    .length;
}

/** The lane that a theme would have by its cards alone. */
export function laneByCards(theme, writing) {
  if (theme.labels.length === writing.length && writing.length > 1) return "common";
  return theme.labels.length > 1 ? "shared" : "unique";
}

/** The command for dropping one thing on another, or null where it cannot be dropped; with a card of the `picked` ones
 * all of them move. */
export function dropped(board, session, dragged, target, picked = []) {
  const [what, id] = parts(dragged);
  const [where, onto] = parts(target);
  const all = [...board.themes, ...board.dropped];
  if (what === "card") {
    const cards = together(board, id, picked);
    const from = all.find((theme) => theme.cards.some((card) => card.id === id));
    if (where === "theme") {
      return cards.length === 1 && from?.id === onto ? null : { kind: "PlaceCards", cards, theme: onto };
    }
    if (where === "tray") return from ? { kind: "PlaceCards", cards, theme: null } : null;
    return { kind: "NewTheme", session, cards };
  }
  const theme = all.find((one) => one.id === id);
  if (where === "theme") return id === onto ? null : { kind: "MergeThemes", theme: id, into: onto };
  if (where !== "lane" || board.some || theme.lane === onto) return null;
  return { kind: "OverruleLane", theme: id, lane: laneByCards(theme, board.writing) === onto ? null : onto };
}

const parts = (mark) => [mark.split(":", 1)[0], mark.slice(mark.indexOf(":") + 1)];
