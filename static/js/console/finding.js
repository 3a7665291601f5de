/** Suggesting themes again: how many, what is replaced and what stays. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row, rows } from "../lib/tables.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { untouched } from "./sorting.js";

/** From few themes to many. */
const [FEWEST, USUAL, MOST] = [0, 3, 5];

export function Again({ session, board, all, busy, find, close }) {
  const { store } = useHere();
  const [finer, choose] = useState(row(store, "comparisons", session.id)?.finer ?? USUAL);
  return html`<${Confirm} title=${say("Fewer or more themes?")} busy=${busy} onYes=${() => find(finer)} onNo=${close}
    yes=${busy ? say("Comparing cards …") : say("Compare anew")}>
    <label class="finer"><span>${say("Fewer themes")}</span>
      <input type="range" min=${FEWEST} max=${MOST} value=${finer} aria-label=${say("Fewer or more themes")}
        onInput=${(event) => choose(Number(event.currentTarget.value))} /><span>${say("More themes")}</span></label>
    <${Touches} all=${all} board=${board} /><//>`;
}

function Touches({ all, board }) {
  const { store } = useHere();
  const free = untouched(all, rows(store, "verdicts"));
  return html`<p>
    ${many(board.cards.length, "{n} card of this session is compared.", "{n} cards of this session are compared.")}</p>
    <p>${free
      ? many(free, "{n} suggestion that nobody has touched is replaced.",
        "{n} suggestions that nobody has touched are replaced.")
      : say("No theme is replaced.")}</p>
    ${all.length > free && html`<p>
      ${many(all.length - free, "{n} theme that people have decided on, named or filled stays as it is.",
      "{n} themes that people have decided on, named or filled stay as they are.")}</p>`}`;
}
