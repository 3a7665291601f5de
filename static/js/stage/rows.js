/** What only the stage asks of its rows; the rest is in lib/select.js. */

import {
  cards, groups, membersOf, nameOf, openStep, proposals, seats, sections, sessions, themes, workshop,
} from "../lib/select.js";
import { row, rows } from "../lib/tables.js";

/** The workshop's languages, those that organisers write in first. */
export const languagesOf = (store) => workshop(store)?.working_languages ?? ["en"];

/** The session that the room is in: the open step's, else that of the step closed last, else the first. */
export function sessionNow(store) {
  const [last] = rows(store, "steps").filter((step) => step.closed_at).sort((a, b) => b.closed_at - a.closed_at);
  return row(store, "sessions", (openStep(store) ?? last)?.session) ?? sessions(store)[0];
}

/** `session` if `there` holds for its id, else the latest session for which it does, else `session`. */
export const sessionWith = (store, session, there) =>
  [session, ...sessions(store).reverse()].find((one) => one && there(one.id)) ?? session;

/** A board's cards by section: [{section, cards}], empty sections left out. */
export function boardOf(store, session, board) {
  const there = cards(store, board);
  return sections(store, session)
    .map((section) => ({ section, cards: there.filter((card) => card.section === section.id) }))
    .filter(({ cards }) => cards.length);
}

export const translationsOf = (store, card) => rows(store, "translations").filter((t) => t.card === card);

/** How many threads tie the cards of a session: pairs of cards that somebody said are the same. */
export function threadsIn(store, session) {
  const boards = new Set([session, ...groups(store, session).map((group) => group.id)]);
  return rows(store, "tallies").filter((tally) => boards.has(row(store, "cards", tally.id)?.board))
    .reduce((sum, tally) => sum + tally.threads, 0);
}

/** The names of a group, its rapporteur's first; empty unless this workshop shows names on the stage. */
export function namesIn(store, group) {
  if (!workshop(store).names_on_stage) return [];
  return seats(store, group)
    .map(({ person, rapporteur }) => ({ id: person, name: nameOf(store, person), rapporteur }))
    .filter(({ name }) => name)
    .sort((a, b) => b.rapporteur - a.rapporteur || a.name.localeCompare(b.name));
}

const labelsOf = (store, boards) =>
  groups(store, row(store, "groups", boards[0])?.session).filter((g) => boards.includes(g.id)).map((g) => g.label);

/** The themes of a session that all may see, those confirmed first, then those that more groups raised; each with
 * `confirmed`, the `labels` of its groups and its `cards`. */
export function shownThemes(store, session) {
  return themes(store, session).filter((theme) => theme.audience === "all")
    .map((theme) => ({
      ...theme,
      confirmed: theme.state === "confirmed",
      labels: labelsOf(store, theme.groups),
      cards: membersOf(store, theme.id),
    }))
    .sort((a, b) => b.confirmed - a.confirmed || b.labels.length - a.labels.length || b.cards.length - a.cards.length
      || a.order - b.order);
}

/** For each session whose themes and cards a proposal rests on, the labels of the groups that raised them. */
export function groupsBehind(store, proposal) {
  const boards = [
    ...proposal.themes.flatMap((id) => row(store, "themes", id)?.groups ?? []),
    ...proposal.cards.map((id) => row(store, "cards", id)?.board),
  ];
  return sessions(store)
    .map((session) => groups(store, session.id).filter((g) => boards.includes(g.id)).map((g) => g.label))
    .filter((labels) => labels.length);
}

/** The proposals that all may see, in their order. */
export const shownProposals = (store) => proposals(store).filter((proposal) => proposal.audience === "all");
