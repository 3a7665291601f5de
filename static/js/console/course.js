/** Where the workshop stands in its agenda, and the one thing that comes next. No words, no drawing. */

import { agenda, groups, openStep, proposals, voteNow, workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { sessionWith } from "../stage/rows.js";

/** The step that the room is in: the open one, else the one closed last; undefined before the first. */
export function stepNow(store) {
  const closed = rows(store, "steps").filter((step) => step.closed_at).sort((a, b) => b.closed_at - a.closed_at);
  return openStep(store) ?? closed[0];
}

/** The first step after `step` that still waits, else the first that waits at all (but not `but`); undefined at the
 * end. */
export function stepAfter(store, step, but) {
  const steps = agenda(store);
  const from = steps.findIndex((s) => s.id === step?.id);
  const waits = (s) => s.state === "waiting" && s.id !== but?.id;
  return steps.slice(from + 1).find(waits) ?? steps.find(waits);
}

/** The boards of a session, as its groups are labelled: [{id, label}]; a plenary's one board has no label. */
export function boardsOf(store, session) {
  if (session.kind === "plenary") return [{ id: session.id, label: "" }];
  return groups(store, session.id);
}

/** The order of reporting back: {order, done, board, card}; before anybody has presented `order` is empty. */
export const presentingOf = (store, session) =>
  row(store, "presenting", session) ?? { order: [], done: [], board: null, card: null };

/** The board that reports next, or undefined when all have. */
export function nextToPresent(store, session) {
  const { order, done, board } = presentingOf(store, session.id);
  const ids = order.length ? order : boardsOf(store, session).map((b) => b.id);
  return ids.find((id) => id !== board && !done.includes(id));
}

/** What comes next, one thing: {kind, then} and what it is about.
 *
 * `ended`, `doors`, `open {step, session, from}`, `draw | make | reveal | order | find {session}`,
 * `present {session, board}`, `open-vote {session}`, `close-vote {session, vote}`, `show {proposals}`, `end`. `then` is the step that comes after it, undefined at the end.
 */
export function move(store) {
  if (workshop(store)?.ended_at) return { kind: "ended" };
  const now = openStep(store);
  const next = stepAfter(store, stepNow(store));
  const begun = rows(store, "steps").some((step) => step.state !== "waiting");
  if (!begun && !row(store, "doors", "doors")?.open) return { kind: "doors", then: next };
  const vote = openVote(store);
  if (vote) return { kind: "close-vote", session: row(store, "sessions", vote.session), vote, then: next };
  const within = now && moveWithin(store, now);
  if (within) return { ...within, then: next };
  if (!next) return { kind: "end" };
  const session = row(store, "sessions", next.session);
  return { kind: "open", step: next, session, from: now, then: stepAfter(store, next, next) };
}

function moveWithin(store, step) {
  const session = row(store, "sessions", step.session);
  if (session.kind === "groups" && !session.drawn && (step.step === "draw" || step.step === "work")) {
    if (groups(store, session.id).length) return { kind: "reveal", session };
    return { kind: session.grouping === "random" ? "draw" : "make", session };
  }
  if (step.step === "report-back") {
    if (boardsOf(store, session).length > 1 && !presentingOf(store, session.id).order.length) return { kind: "order",
      session };
    const board = nextToPresent(store, session);
    if (board) return { kind: "present", session, board };
  }
  if (step.step === "themes" && !row(store, "comparisons", session.id)) {
    const themes = rows(store, "themes").some((theme) => theme.session === session.id);
    if (!themes && written(store, session)) return { kind: "find", session };
  }
  if (step.step === "vote" && !voteNow(store)) {
    const about = votable(store, session);
    if (about) return { kind: "open-vote", session: about };
  }
  if (step.step === "proposals") {
    const waiting = unseen(store);
    if (waiting.length) return { kind: "show", proposals: waiting };
  }
  return null;
}

/** The vote that is open, or undefined. */
export const openVote = (store) => rows(store, "votes").find((vote) => vote.open);

/** The session whose themes a step of `session` votes on, its own or the latest with a confirmed one; null without. */
export function votable(store, session) {
  const confirmed = (id) => rows(store, "themes").some((theme) => theme.session === id && theme.state === "confirmed");
  const about = sessionWith(store, session, confirmed);
  return confirmed(about.id) ? about : null;
}

/** The proposals that stand and that not everybody sees yet. */
export const unseen = (store) => proposals(store).filter((proposal) => proposal.audience !== "all");

const written = (store, session) => {
  const boards = new Set(boardsOf(store, session).map((board) => board.id));
  return rows(store, "cards").some((card) => boards.has(card.board) && card.state === "on");
};

/** Whether the groups of a session are known to everybody, or there are none to know. */
export const settled = (session) => session.kind !== "groups" || session.drawn;
