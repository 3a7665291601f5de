/** The cards that no theme holds, and those among them that came late. */

import { html, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { Refused, useAsk } from "./asking.js";
import { boardsOf } from "./course.js";
import { useHere } from "./here.js";
import { SortCards } from "./sortcard.js";

/** So many cards are drawn at first: a thousand that nobody has sorted would make every tap slow. */
const AT_FIRST = 120;

export function Tray({ session, board, ...shared }) {
  const { store } = useHere();
  const [most, show] = useState(AT_FIRST);
  const more = board.tray.length - most;
  const silent = boardsOf(store, session)
    .filter((one) => one.label && !board.cards.some((card) => card.board === one.id));
  return html`<section class="tray" data-drop="tray:" aria-label=${say("Cards to sort")}>
    <h3>${board.tray.length ? many(board.tray.length, "{n} card to sort", "{n} cards to sort")
      : say("Every card is in a theme")}</h3>
    <${Fresh} session=${session} board=${board} />
    ${board.tray.length > 0 && html`<p class="hint">
      ${say("Drag a card onto a theme, or choose one under “Move”.")}</p>`}
    ${silent.length > 0 && html`<p class="hint">
      ${many(silent.length, "Group {labels} wrote no card; “all” means the others.",
      "Groups {labels} wrote no card; “all” means the others.", { labels: list(silent.map((one) => one.label)) })}</p>`}
    <${SortCards} cards=${board.tray.slice(0, most)} theme=${null} ...${{ session, board, ...shared }} />
    ${more > 0 && html`<button type="button" class="btn alt sm" onClick=${() => show(most + AT_FIRST)}>
      ${many(more, "{n} more card", "{n} more cards")}</button>`}
  </section>`;
}

/** Cards written since the program compared them: they wait until somebody lets it sort them in. */
function Fresh({ session, board }) {
  const [ask, { busy, refused }] = useAsk();
  if (!board.fresh.length || !board.themes.length) return null;
  return html`<div class="fresh note" role="status"><p>
    ${many(board.fresh.length, "{n} new card", "{n} new cards")}</p>
    <button type="button" class="btn alt sm" onClick=${() => ask({ kind: "PlaceNewCards", session: session.id })}>
      ${busy ? say("Comparing cards …") : say("Sort them in")}</button>
    <small>${say("No other card moves.")}</small>
    <${Refused} refused=${refused} /></div>`;
}
