/** What can be done with a theme as a whole: another lane, into another theme, apart, and what has happened to it. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { groupName, Shape } from "../parts/shape.js";
import { Refused, useAsk } from "./asking.js";
import { Choose } from "./choose.js";
import { ThemeHistory } from "./themehistory.js";
import { useHere } from "./here.js";
import { laneName } from "./names.js";
import { laneByCards, LANES } from "./sorting.js";
import { said, titleOf } from "./titles.js";

export function ThemeMenu({ theme, session, board, act }) {
  const here = useHere();
  const [open, show] = useState("");
  const byCards = laneByCards(theme, board.writing);
  const others = board.themes.filter((other) => other.id !== theme.id);
  const lane = (name) => html`<button type="button" key=${name} class="btn alt sm" aria-pressed=${theme.lane === name}
    onClick=${() => theme.lane !== name
      && act({ kind: "OverruleLane", theme: theme.id, lane: name === byCards ? null : name })}>
    ${laneName(name)}${name === byCards && html` <small>${say("by its cards")}</small>`}</button>`;
  const turn = (name, words) => html`<button type="button" class="btn quiet sm" aria-expanded=${open === name}
    onClick=${() => show(open === name ? "" : name)}>${words}</button>`;
  return html`<div class="menu">
    ${session.kind !== "plenary" && !board.some && html`<div class="lanes-of" role="group" aria-label=${say("Lane")}>
      ${LANES.map(lane)}</div>`}
    ${others.length > 0 && html`<${Choose} label=${say("Merge into")} named
      onChoose=${(into) => act({ kind: "MergeThemes", theme: theme.id, into })}>
        <option value="" disabled>${say("Choose a theme …")}</option>
        ${others.map((other) => html`<option key=${other.id} value=${other.id}>${titleOf(other, here).text}</option>`)}
      <//>`}
    <div class="keys">${theme.cards.length > 1 && turn("split", say("Split …"))}${turn("history", say("History"))}</div>
    ${open === "split" && html`<${Split} theme=${theme} act=${act} />`}
    ${open === "history" && html`<${ThemeHistory} theme=${theme} />`}
  </div>`;
}

/** How the program would split a theme: looked at first, then done. */
function Split({ theme, act }) {
  const here = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [told, tell] = useState(null);
  const look = async () => {
    const answer = await ask({ kind: "ProposeSplit", theme: theme.id });
    if (answer.ok) tell(answer.told);
  };
  if (!told) {
    return html`<button type="button" class="btn alt sm" onClick=${look}>
      ${busy ? say("Comparing cards …") : say("How could it be split?")}</button><${Refused} refused=${refused} />`;
  }
  const parts = [...told.parts.map((part) => Object.keys(part.cards)), ...told.left.map((card) => [card])];
  if (parts.length < 2) {
    return html`<p class="hint">
      ${say("The program sees no parts in it. Choose cards and make a new theme of them.")}</p>`;
  }
  return html`<ol class="parts">${parts.map((cards, n) => html`<li key=${cards[0]}>
      <b>${n ? say("New theme") : say("Stays in this theme")}</b>
      <ul>${cards.map((id) => html`<${Line} key=${id} card=${row(here.store, "cards", id)} here=${here} />`)}</ul>
    </li>`)}</ol>
    <div class="keys"><button type="button" class="btn sm"
      onClick=${() => act({ kind: "SplitTheme", theme: theme.id, parts: parts.slice(1) })}>
      ${many(parts.length, "Split into {n}", "Split into {n}")}</button></div>`;
}

function Line({ card, here }) {
  if (!card) return null;
  const label = row(here.store, "groups", card.board)?.label;
  const words = said(card, here);
  return html`<li>${label && html`<${Shape} label=${label} name=${groupName(label)} size=${22} />`}
    <span dir="auto" lang=${words.lang}>${words.text ?? say("These words were erased.")}</span></li>`;
}
