/** Which scene the stage shows: what the open step asks for, or what a facilitator has chosen. */

import { openStep, voteNow, workshop as workshopOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { lastVote, sessionNow, sessionWith, shownProposals, shownThemes } from "./rows.js";

const OF_STEP = {
  lobby: "join", draw: "groups", work: "question", "report-back": "report", themes: "themes", proposals: "proposals",
  vote: "vote", "sign-off": "sign-off",
};

/** {name, session, step}: a scene's name, the session it is about, the open step (if any). */
export function scene(store) {
  const workshop = workshopOf(store);
  if (!workshop) return { name: "blank" };
  if (workshop.ended_at) return { name: "ended" };
  const step = openStep(store);
  const view = row(store, "stage", "stage")?.view ?? "auto";
  const wanted = view === "auto" ? fromSteps(store, step) : view;
  return { ...filled(store, wanted, sessionNow(store), view === "vote"), step };
}

function fromSteps(store, step) {
  if (voteNow(store)) return "vote";
  if (!step) return rows(store, "steps").some((s) => s.closed_at) ? "between" : "join";
  const board = row(store, "presenting", step.session)?.board;
  const plenary = row(store, "sessions", step.session)?.kind === "plenary";
  return step.step === "work" && plenary && board ? "report" : OF_STEP[step.step];
}

/** A scene that has nothing to show yet gives way to the one that says so. `fixed`: a facilitator has chosen it. */
function filled(store, name, session, fixed) {
  if (name === "groups") return { name: session?.drawn ? "groups" : "drawing", session };
  if (name === "report") {
    return { name, session: sessionWith(store, session, (id) => row(store, "presenting", id)) };
  }
  const vote = name === "vote" && (voteNow(store) ?? (fixed && lastVote(store)));
  if (vote) return { name, session: row(store, "sessions", vote.session) };
  if (name === "themes" || name === "vote") {
    const shown = sessionWith(store, session, (id) => shownThemes(store, id).length > 0);
    return { name: shown && shownThemes(store, shown.id).length ? "themes" : "sorting", session: shown };
  }
  if (name === "proposals") return { name: shownProposals(store).length ? name : "writing", session };
  return { name, session };
}
