/** Threads: two cards of different groups that somebody said are the same. Facilitators keep or cut them. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { groupName, Shape } from "../parts/shape.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { by } from "./indexed.js";
import { said } from "./titles.js";

/** The threads of a card, those that most people spun first: [{own, people, same}]. `own` is the other card's row,
 * `same` what a facilitator said of the two: true, false or undefined. */
export function threadsOf(store, card) {
  const others = new Map();
  const found = [...by(store, "echoes", "card", card).map((echo) => echo.own_card),
    ...by(store, "echoes", "own_card", card).map((echo) => echo.card)];
  for (const other of found) if (other) others.set(other, (others.get(other) ?? 0) + 1);
  return [...others].map(([id, people]) => ({ own: row(store, "cards", id), people, same: verdict(store, card, id) }))
    .filter(({ own }) => own).sort((a, b) => b.people - a.people || (a.own.id < b.own.id ? -1 : 1));
}

/** How many pairs of a session's `cards` are tied by threads. */
export function countThreads(store, cards) {
  const there = new Set(cards.map((card) => card.id));
  const pairs = rows(store, "echoes").filter((echo) => there.has(echo.card) && there.has(echo.own_card))
    .map((echo) => [echo.card, echo.own_card].sort().join(" "));
  return new Set(pairs).size;
}

const verdict = (store, a, b) => row(store, "verdicts", [a, b].sort().join("."))?.same;

/** Who had that too: `n` people, and for each of their cards whether it really says the same. */
export function Threads({ card, n }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const threads = threadsOf(store, card.id);
  if (!n && !threads.length) return null;
  const bare = by(store, "echoes", "card", card.id).filter((echo) => !echo.own_card).length;
  return html`<details class="echoed"><summary><${Icon} name="echo" /> ${n > 0
    ? many(n, "{n} person had that too", "{n} people had that too")
    : many(threads.length, "tied to {n} card", "tied to {n} cards")}</summary>
    <ul>${threads.map((thread) => html`<${Thread} key=${thread.own.id} ...${{ card, thread, ask }} />`)}
      ${bare > 0 && html`<li>${many(bare, "{n} without naming a card", "{n} without naming a card")}</li>`}</ul>
    <${Refused} refused=${refused} /></details>`;
}

function Thread({ card, thread: { own, people, same }, ask }) {
  const here = useHere();
  const label = row(here.store, "groups", own.board)?.label ?? "H";
  const words = said(own, here);
  const tell = (value) => ask({ kind: "SaySame", a: card.id, b: own.id, same: value });
  return html`<li><${Shape} label=${label} size=${22} name=${groupName(label)} />
    <span dir="auto" lang=${words.lang}>${words.text} ${people > 1 && html`<small class="num">×${people}</small>`}</span>
    <span class="keys">
      <button type="button" class="btn quiet sm" aria-pressed=${same === true}
        onClick=${() => tell(same === true ? null : true)}>${same && html`<${Icon} name="check" />`}${say("The same")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => tell(false)}>${say("Cut")}
        <span class="sr">${say("this echo: the two cards do not mean the same")}</span></button></span></li>`;
}
