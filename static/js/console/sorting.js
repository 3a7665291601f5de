/** The cards and themes of one session as the merge board needs them. No words, no drawing. */

import { rows } from "../lib/tables.js";
import { boardsOf } from "./course.js";

export const LANES = ["common", "shared", "unique"];

const byKey = (a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1);

/** {themes, dropped, tray, writing, cards, hidden}: themes as rows with `cards`, `labels` (of the groups that count)
 * and `missing` (labels of the groups that wrote, but not here); `dropped` the same; `tray` the cards that no theme
 * holds; `writing` the boards with a card; `hidden` the cards that showing the themes would show to everybody. */
export function sorted(store, session) {
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
  const writing = boards.filter((board) => cards.some((card) => card.board === board.id));
  const all = themesThere.map((theme) => {
    const inside = held.get(theme.id).sort((a, b) => (b.id === theme.title_card) - (a.id === theme.title_card));
    return {
      ...theme, cards: inside,
      labels: theme.groups.map((board) => label.get(board)).filter(Boolean),
      missing: writing.filter((board) => !theme.groups.includes(board.id)).map((board) => board.label),
    };
  }).sort((a, b) => b.labels.length - a.labels.length || b.cards.length - a.cards.length || a.order - b.order);
  const hidden = all.flatMap((theme) => theme.cards).filter((card) => card.audience !== "all");
  const [themes, dropped] = [all.filter((t) => t.state !== "dropped"), all.filter((t) => t.state === "dropped")];
  return { themes, dropped, tray, writing, cards, hidden };
}

/** How many suggestions of the program nobody has touched: a new search replaces exactly these. */
export const untouched = (themes) => themes.filter((theme) => theme.state !== "confirmed" && theme.title === null
  && theme.overruled === null && theme.cards.every((card) => card.member.by === "program")).length;

/** The lane that a theme would have by its cards alone. */
export function laneByCards(theme, writing) {
  if (theme.labels.length === writing.length && writing.length > 1) return "common";
  return theme.labels.length > 1 ? "shared" : "unique";
}
