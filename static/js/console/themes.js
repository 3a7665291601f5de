/** The merge board: cards of all groups, in themes, in three lanes. The program suggests, people decide. */

import { html, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { useAsk, Refused } from "./asking.js";
import { boardsOf } from "./course.js";
import { useDragging } from "./dragging.js";
import { MergeHead } from "./head.js";
import { useHere } from "./here.js";
import { laneName, laneNote } from "./names.js";
import { laneByCards, LANES, sorted } from "./sorting.js";
import { SortCard, Theme } from "./theme.js";

/** `children` go into its head. */
export function Themes({ session, children }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const [chosen, choose] = useState(() => new Set());
  const board = sorted(store, session);
  const there = new Set(board.cards.map((card) => card.id));
  const picked = [...chosen].filter((id) => there.has(id));
  const toggle = (id) => choose((now) => {
    const next = new Set(now);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  const split = async () => {
    const answer = await ask({ kind: "NewTheme", session: session.id, cards: picked });
    if (answer.ok) choose(new Set());
  };
  const drop = (dragged, target) => ask(dropped(board, session.id, dragged, target));
  const ref = useDragging(drop, (dragged, target) => dropped(board, session.id, dragged, target) !== null);
  const plenary = session.kind === "plenary";
  const lanes = plenary ? [null] : LANES;
  const shared = { session, board, chosen, toggle };
  return html`<section class="merge ${plenary ? "plenary" : ""}" ref=${ref}>
    <${MergeHead} session=${session} board=${board}>${children}<//>
    <${Refused} refused=${refused} />
    <${Tray} ...${shared} />
    <div class="merge-lanes" id="lanes">
      ${lanes.map((lane) => html`<${Lane} key=${lane ?? "all"} lane=${lane} ...${shared} />`)}</div>
    ${board.dropped.length > 0 && html`<details class="dropped"><summary>
      ${many(board.dropped.length, "{n} dropped theme", "{n} dropped themes")}</summary>
      <ul>${board.dropped.map((theme) => html`<${Theme} key=${theme.id} theme=${theme} ...${shared} />`)}</ul>
        </details>`}
    ${picked.length > 0 && html`<div class="chosen" role="status"><b>
      ${many(picked.length, "{n} card chosen", "{n} cards chosen")}</b>
      <button type="button" class="btn sm" onClick=${split}>${say("New theme")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => choose(new Set())}>${say("Choose none")}</button>
        </div>`}
  </section>`;
}

/** The command for dropping one thing on another, or null where it cannot be dropped. */
export function dropped(board, session, dragged, target) {
  const [what, id] = split(dragged);
  const [where, onto] = split(target);
  const all = [...board.themes, ...board.dropped];
  if (what === "card") {
    const from = board.cards.find((card) => card.id === id)
      && all.find((theme) => theme.cards.some((card) => card.id === id));
    if (where === "theme") return from?.id === onto ? null : { kind: "PlaceCard", card: id, theme: onto };
    if (where === "tray") return from ? { kind: "PlaceCard", card: id, theme: null } : null;
    return { kind: "NewTheme", session, cards: [id] };
  }
  const theme = all.find((one) => one.id === id);
  if (where === "theme") return id === onto ? null : { kind: "MergeThemes", theme: id, into: onto };
  if (where !== "lane" || theme.lane === onto) return null;
  return { kind: "OverruleLane", theme: id, lane: laneByCards(theme, board.writing) === onto ? null : onto };
}

const split = (mark) => [mark.split(":", 1)[0], mark.slice(mark.indexOf(":") + 1)];

function Tray({ session, board, chosen, toggle }) {
  const { store } = useHere();
  const silent = boardsOf(store, session).filter((one) => one.label && !board.writing.some((w) => w.id === one.id));
  return html`<section class="tray" data-drop="tray:" aria-label=${say("Cards to sort")}>
    <h3>${board.tray.length ? many(board.tray.length, "{n} card to sort", "{n} cards to sort")
      : say("Every card is in a theme")}</h3>
    ${board.tray.length > 0 && html`<p class="hint">
      ${say("Drag a card onto a theme, or choose one under “Move”.")}</p>`}
    ${silent.length > 0 && html`<p class="hint">
      ${many(silent.length, "Group {labels} wrote no card; “all” means the others.",
      "Groups {labels} wrote no card; “all” means the others.", { labels: list(silent.map((one) => one.label)) })}</p>`}
    <ul data-drags>
      ${board.tray
        .map((card) => html`<${SortCard} key=${card.id} ...${{ card, session, board, chosen, toggle }} />`)}</ul>
  </section>`;
}

function Lane({ lane, session, board, chosen, toggle }) {
  const themes = lane ? board.themes.filter((theme) => theme.lane === lane) : board.themes;
  return html`<section class="merge-lane ${lane ?? "plain"}" data-drop=${lane ? `lane:${lane}` : undefined}
    aria-label=${lane ? laneName(lane) : say("Themes")}>
    <header><h3>${lane ? laneName(lane) : say("Themes")} <span class="num count">${themes.length}</span></h3>
      ${lane && html`<p>${laneNote(lane)}</p>`}</header>
    <ul data-drags>
      ${themes.map((theme) => html`<${Theme} key=${theme.id} ...${{ theme, session, board, chosen, toggle }} />`)}</ul>
  </section>`;
}
