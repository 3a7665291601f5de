/** Where this phone stands: what every screen asks of the workshop, worked out once for each drawing. */

import { lang as page } from "../lib/say.js";
import { agenda, groups, nameOf, openStep, row, rows, seatOf, sessionOf, voteNow, workshop } from "../lib/select.js";
import { pick } from "../parts/text.js";

const base = (lang) => lang.split("-")[0].toLowerCase();

/** The language that somebody reads: the one they chose, else the first of their phone's that this workshop or this
 * page speaks. */
export function reading(languages, chosen = new URLSearchParams(location.search).get("lang")) {
  const spoken = [...languages, page].map(base);
  return [chosen, ...navigator.languages].filter(Boolean).map(base).find((l) => l === chosen || spoken.includes(l)) ?? page;
}

/** What the screens need: `line`, `store`, `me` (id), `languages`, `lang` (read), `pick(text)`, `step` (open, or
 * undefined), `session` (of that step, else of the last one), `seat` and `group` (mine, once they are out), `over` (when
 * the workshop ended, 0 before: one only reads), `vote` (to be shown). */
export function here(line) {
  const { store, id: me } = line;
  const { working_languages: languages, ended_at: over } = workshop(store);
  const lang = reading(languages);
  const step = openStep(store);
  const last = step ?? agenda(store).findLast((s) => s.state === "done");
  const session = last && sessionOf(store, last.session);
  const seat = session && seatOf(store, session.id, me);
  const group = seat && groups(store, session.id).find((g) => g.id === seat.group);
  return { line, store, me, languages, lang, pick: (text) => pick(text, lang, languages), step, session, seat, group, over,
    vote: voteNow(store) };
}

/** The cards of a board as this phone means them: what waits to be sent lies on it already, marked `waiting`, and what
 * was refused is marked with its `error`; `ask` is the entry of the outbox. */
export function cardsOf({ line, store }, board) {
  const there = new Map(rows(store, "cards").filter((c) => c.board === board).map((c) => [c.id, c]));
  for (const { id, at, do: asked, error, kept } of line.outbox.entries) {
    const card = there.get(asked.card);
    const marks = { ask: id, error, waiting: !error };
    if (kept) continue;
    if (asked.kind === "AddCard" && asked.board === board && !there.has(id)) {
      there.set(id, { ...asked, id, pos: `~${at}`, state: "on", text_seq: 0, ...marks });
    } else if (card && asked.kind === "EditCard") there.set(card.id, { ...card, text: asked.text, ...marks });
    else if (card && asked.kind === "MoveCard") {
      there.set(card.id, { ...card, section: asked.section, state: "on", ...marks });
    } else if (card && asked.kind === "TakeCard") there.set(card.id, { ...card, state: asked.to, ...marks });
    else if (card && asked.kind === "RestoreCard") there.set(card.id, { ...card, state: "on", ...marks });
  }
  return [...there.values()].sort((a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1));
}

/** Who wrote a card, as far as this phone may know: "me", a name, or "". */
export function author({ line, store, me }, card) {
  if (line.mine.cards.has(card.id) || card.ask === card.id) return "me";
  const person = row(store, "authors", card.id)?.person;
  return person === me ? "me" : person ? nameOf(store, person) : "";
}
