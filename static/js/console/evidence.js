/** What stands behind a theme: its cards group by group, and which groups don't count. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { groupName, Shape } from "../parts/shape.js";
import { doubtful } from "./sorting.js";
import { SortCards } from "./sortcard.js";

const byLabel = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export function Evidence({ theme, session, board, chosen, toggle }) {
  const cards = [...theme.cards].sort((a, b) => byLabel(a.label, b.label));
  return html`<${SortCards} ...${{ cards, theme, session, board, chosen, toggle }} />
    ${theme.missing.length > 0 && html`<ul class="not-counting">${theme.missing.filter(Boolean).map((label) => {
      const there = theme.cards.filter((card) => card.label === label);
      return html`<li key=${label}><${Shape} label=${label} name=${groupName(label)} size=${24} />${why(there)}</li>`;
    })}</ul>`}`;
}

function why(cards) {
  if (!cards.length) return say("no card here");
  return cards.every(doubtful) ? say("does not count: the program doubts its cards") : say("does not count");
}
