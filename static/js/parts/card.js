/** A card as it lies on a board: its words, in which language, by whom, and how many had that too. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { Icon } from "./icons.js";
import { translationNote, words } from "./text.js";

/** One card, as a list item.
 *
 * `card` a row of `cards`; `translations` rows that may belong to it; `lang` the reader's; `by` a name or "You";
 * `label` the group's (colours the edge of `mine`); `waiting` not sent yet; `now` the one that is meant; `echoes` a
 * count; `both`: the original words under the translation; `children` go into the footer (buttons).
 */
export function Card(props) {
  const { card, translations = [], lang, by, label, mine, waiting, now, echoes, both, children, ...rest } = props;
  const { class: also, ...more } = rest;
  const shown = words(card, translations, lang);
  const state = [mine && "mine", waiting && "wait", now && "now", also].filter(Boolean).join(" ");
  return html`<li class="card ${state}" data-g=${label?.[0]} aria-current=${now ? "true" : undefined} ...${more}>
    <div><${Words} shown=${shown} />
    ${both && shown.from && html`<p class="orig" dir="auto" lang=${card.lang}>${card.text}</p>`}</div>
    <footer>
      ${by && html`<bdi>${by}</bdi>`}
      ${waiting && html`<span>${say("waiting")} <${Icon} name="clock" /></span>`}
      ${shown.from && html`<span class="from"><${Icon} name="globe" />${translationNote(shown)}</span>`}
      ${echoes > 0 && html`<${Echoes} n=${echoes} />`}
      ${children}
    </footer>
  </li>`;
}

/** The words of a card, as `text.words` chose them. */
export function Words({ shown }) {
  if (shown.text === null) return html`<p class="words gone">${say("These words were erased.")}</p>`;
  return html`<p class="words" dir="auto" lang=${shown.lang}>${shown.text}</p>`;
}

/** How many people said "we had that too". */
export function Echoes({ n }) {
  const spoken = many(n, "{n} person had that too", "{n} people had that too");
  return html`<span class="echoes num"><${Icon} name="echo" /><span aria-hidden="true">${n}</span>
    <span class="sr">${spoken}</span></span>`;
}
