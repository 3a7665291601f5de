/** Pure questions about a store: what a screen needs to know of the workshop. */

import { row, rows } from "./tables.js";

export { row, rows };

const byId = (a, b) => (a.id < b.id ? -1 : 1);
const byPos = (a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : byId(a, b));
const byLabel = (a, b) => a.label.length - b.label.length || (a.label < b.label ? -1 : 1);

export const workshop = (store) => row(store, "workshop", "workshop");

/** The agenda, in order. */
export const sessions = (store) => rows(store, "sessions").sort(byPos);

/** A session's steps, in order. */
export const steps = (store, session) => rows(store, "steps").filter((s) => s.session === session).sort(byPos);

/** Every step of the workshop, in the order of the agenda. */
export const agenda = (store) => sessions(store).flatMap((session) => steps(store, session.id));

/** The one step that is open, or undefined. */
export const openStep = (store) => rows(store, "steps").find((step) => step.state === "open");

/** The step that comes after the one that is open, or after the last one that is done; undefined at the end. */
export function nextStep(store) {
  const all = agenda(store);
  return all[all.findLastIndex((step) => step.state !== "waiting") + 1];
}

/** A session's groups, in the order of their labels. */
export const groups = (store, session) => rows(store, "groups").filter((g) => g.session === session).sort(byLabel);

/** The seats of a group that this viewer may see. */
export const seats = (store, group) => rows(store, "seats").filter((s) => s.group === group).sort(byId);

/** Somebody's seat in a session, or undefined. */
export const seatOf = (store, session, person) => row(store, "seats", `${session}.${person}`);

/** What somebody is called, "" if they gave no name. */
export const nameOf = (store, person) => row(store, "names", person)?.name ?? "";

/** A session's sections, in order. */
export const sections = (store, session) => rows(store, "sections").filter((s) => s.session === session).sort(byPos);

/** The session to which a board belongs. */
export const sessionOf = (store, board) => row(store, "sessions", row(store, "groups", board)?.session ?? board);

/** The cards of a board in their order: on it, or `parked`, or `withdrawn`. */
export const cards = (store, board, state = "on") =>
  rows(store, "cards").filter((c) => c.board === board && c.state === state).sort(byPos);

/** How many people said "we had that too" of a card. */
export const echoes = (store, card) => row(store, "tallies", card)?.echoes ?? 0;

/** A session's themes that aren't dropped: common first, then shared, then unique. */
export function themes(store, session) {
  const lanes = ["common", "shared", "unique"];
  return rows(store, "themes").filter((t) => t.session === session && t.state !== "dropped")
    .sort((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane) || a.order - b.order || byId(a, b));
}

/** The cards that lie in a theme. */
export const membersOf = (store, theme) => rows(store, "members").filter((m) => m.theme === theme)
  .sort((a, b) => b.fit - a.fit || byId(a, b)).map((m) => row(store, "cards", m.id)).filter((c) => c?.state === "on");

/** The vote that screens show: the open one, else the last that was closed in the step that is open. */
export function voteNow(store) {
  const step = openStep(store);
  return rows(store, "votes").findLast((v) => v.open || (/^(themes|vote)$/.test(step?.step) && v.seq > step.seq));
}

/** The joint proposals, in order. */
export const proposals = (store) => rows(store, "proposals").filter((p) => !p.withdrawn).sort(byPos);

/** The words of a text that carry it, without accents and case. */
const bag = (text) => new Set(
  (text ?? "").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u).filter((w) => w.length > 2),
);

/** `own` cards, those first that share most words with `card`, in whatever languages either is written. */
export function likeliest(store, card, own) {
  const said = (c) => bag([c.text, ...rows(store, "translations").filter((t) => t.card === c.id).map((t) => t.text)].join(" "));
  const words = said(card);
  const shared = (c) => {
    const theirs = said(c);
    return [...theirs].filter((word) => words.has(word)).length / Math.sqrt(theirs.size || 1);
  };
  return own.map((c) => [shared(c), c]).sort((a, b) => b[0] - a[0]).map(([, c]) => c);
}
