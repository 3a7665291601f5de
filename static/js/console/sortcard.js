/** A card that can be sorted: chosen, moved by a select, dragged; cards that say nearly the same lie on one pile. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { echoes as echoesOf } from "../lib/select.js";
import { groupName, Shape } from "../parts/shape.js";
import { translationNote } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { Choose } from "./choose.js";
import { useHere } from "./here.js";
import { doubtful, piled } from "./sorting.js";
import { Threads } from "./threads.js";
import { said, titleOf } from "./titles.js";

/** Cards as a list of piles. `theme` is where they lie, none in the tray. */
export const SortCards = ({ cards, board, ...more }) => html`<ul class=${more.theme ? "members" : ""} data-drags>
  ${piled(cards, board.piles).map((pile) => html`<${SortCard} key=${pile[0].id} ...${{ pile, board, ...more }} />`)}
</ul>`;

function SortCard({ pile, theme, session, board, chosen, toggle }) {
  const here = useHere();
  const [ask, { refused }] = useAsk();
  const [card, ...more] = pile;
  const ids = pile.map((one) => one.id);
  const words = said(card, here);
  const unsure = doubtful(card);
  const place = (where) => ask(where === "new" ? { kind: "NewTheme", session: session.id, cards: ids }
    : { kind: "PlaceCards", cards: ids, theme: where === "tray" ? null : where });
  return html`<li class="sort-card ${unsure ? "unsure" : ""} ${more.length ? "pile" : ""}" data-drag=${`card:${card.id}`}>
    ${card.label && html`<${Shape} label=${card.label} name=${groupName(card.label)} />`}
    <div><p dir="auto" lang=${words.lang}>${words.text ?? say("These words were erased.")}</p>
      ${unsure && html`<small class="doubt">${say("may belong elsewhere")}</small>`}
      ${words.from && html`<small>${translationNote(words)}</small>`}
      ${more.length > 0 && html`<${Pile} cards=${more}/>`}
      <${Threads} card=${card} n=${echoesOf(here.store, card.id)} /></div>
    <label class="check"><input type="checkbox" checked=${ids.every((id) => chosen.has(id))}
      onChange=${() => toggle(ids)} /><span>${say("Choose")} <span class="sr">${words.text}</span></span></label>
    <${MoveTo} label=${say("Move “{words}”", { words: words.text ?? "" })} ...${{ theme, board, place }} />
    <${Refused} refused=${refused} />
  </li>`;
}

/** Where cards can go. The themes stand in it once somebody turns to it: a thousand cards with a hundred themes each
 * would be a hundred thousand lines otherwise. */
export function MoveTo({ label, theme, board, place, named }) {
  const here = useHere();
  const [ready, turn] = useState(false);
  return html`<span class="move-to" onPointerEnter=${() => turn(true)} onFocusIn=${() => turn(true)}>
    <${Choose} label=${label} class="sm" onChoose=${place}>
      <option value="" disabled>${named ?? say("Move")}</option>
      ${theme !== null && html`<option value="tray">${say("Cards to sort")}</option>`}
      <option value="new">${say("New theme")}</option>
      ${ready && board.themes.filter((other) => other.id !== theme?.id).map((other) => html`
        <option key=${other.id} value=${other.id}>${titleOf(other, here).text}</option>`)}<//></span>`;
}

function Pile({ cards }) {
  const here = useHere();
  return html`<details class="more-of"><summary>
    ${many(cards.length, "and {n} that says nearly the same", "and {n} that say nearly the same")}</summary>
    <ul>${cards.map((card) => {
      const words = said(card, here);
      return html`<li key=${card.id}>${card.label
        && html`<${Shape} label=${card.label} size=${22} name=${groupName(card.label)} />`}
        <span dir="auto" lang=${words.lang}>${words.text ?? say("These words were erased.")}</span></li>`;
    })}</ul></details>`;
}
