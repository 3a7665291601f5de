/** The merge board: cards of all groups, in themes, in three lanes. The program suggests, people decide. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { useAsk, Refused } from "./asking.js";
import { useDragging } from "./dragging.js";
import { MergeHead } from "./head.js";
import { useHere } from "./here.js";
import { laneName, laneNote } from "./names.js";
import { MoveTo } from "./sortcard.js";
import { dropped, LANES, sorted } from "./sorting.js";
import { Suggestions } from "./suggestions.js";
import { Theme } from "./theme.js";
import { Tray } from "./tray.js";

/** `children` go into its head. */
export function Themes({ session, children }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const [chosen, choose] = useState(() => new Set());
  const [only, count] = useState(null);
  const [helping, help] = useState(false);
  const board = sorted(store, session, only);
  const there = new Set(board.cards.map((card) => card.id));
  const picked = [...chosen].filter((id) => there.has(id));
  const toggle = (ids) => choose((now) => {
    const next = new Set(now);
    const all = ids.every((id) => next.has(id));
    for (const id of ids) all ? next.delete(id) : next.add(id);
    return next;
  });
  const none = () => choose(new Set());
  const act = async (command) => command && (await ask(command)).ok && none();
  const drop = (dragged, target) => act(dropped(board, session.id, dragged, target, picked));
  const fits = (dragged, target) => dropped(board, session.id, dragged, target, picked) !== null;
  const ref = useDragging(drop, fits);
  const plenary = session.kind === "plenary";
  const lanes = plenary ? [null] : LANES;
  const shared = { session, board, chosen, toggle };
  return html`<section class="merge ${plenary ? "plenary" : ""} ${board.tray.length ? "" : "clear"}" ref=${ref}>
    <${MergeHead} ...${{ session, board, only, count, helping, help }}>${children}<//>
    <${Refused} refused=${refused} />
    ${helping && html`<${Suggestions} session=${session} board=${board} close=${() => help(false)} />`}
    <${Tray} ...${shared} />
    <div class="merge-lanes" id="lanes">
      ${lanes.map((lane) => html`<${Lane} key=${lane ?? "all"} lane=${lane} ...${shared} />`)}</div>
    ${board.dropped.length > 0 && html`<details class="dropped"><summary>
      ${many(board.dropped.length, "{n} dropped theme", "{n} dropped themes")}</summary>
      <ul>${board.dropped.map((theme) => html`<${Theme} key=${theme.id} theme=${theme} ...${shared} />`)}</ul>
        </details>`}
    ${picked.length > 0 && html`<${Chosen} ...${{ session, board, picked, none, act }} />`}
  </section>`;
}

/** What can be done with the chosen cards together. */
function Chosen({ session, board, picked, none, act }) {
  const place = (where) => act(where === "new" ? { kind: "NewTheme", session: session.id, cards: picked }
    : { kind: "PlaceCards", cards: picked, theme: where === "tray" ? null : where });
  return html`<div class="chosen" role="status"><b>
    ${many(picked.length, "{n} card chosen", "{n} cards chosen")}</b>
    <button type="button" class="btn sm" onClick=${() => place("new")}>${say("New theme")}</button>
    <${MoveTo} label=${say("Move the chosen cards")} named=${say("Move them to …")} ...${{ board, place }} />
    <button type="button" class="btn quiet sm" onClick=${none}>${say("Choose none")}</button></div>`;
}

function Lane({ lane, board, ...shared }) {
  const themes = lane ? board.themes.filter((theme) => theme.lane === lane) : board.themes;
  return html`<section class="merge-lane ${lane ?? "plain"}" data-drop=${lane ? `lane:${lane}` : undefined}
    aria-label=${lane ? laneName(lane) : say("Themes")}>
    <header><h3>${lane ? laneName(lane) : say("Themes")} <span class="num count">${themes.length}</span></h3>
      ${lane && html`<p>${laneNote(lane)}</p>`}</header>
    <ul data-drags>
      ${themes.map((theme) => html`<${Theme} key=${theme.id} ...${{ theme, board, ...shared }} />`)}</ul>
  </section>`;
}
