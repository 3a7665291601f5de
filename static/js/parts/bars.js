/** How many cards each group gave: a bar with shape and number in each part, so that colour never carries it alone. */

import { html } from "../../vendor/preact.js";
import { many } from "../lib/say.js";
import { Shape, letterOf } from "./shape.js";

/** `counts`: [{label, n}] in the order of the labels; parts with 0 are left out. Widths follow the counts, against
 * `most` (the largest total that bars beside this one have). */
export function Bars({ counts, most }) {
  const parts = counts.filter(({ n }) => n > 0);
  const total = parts.reduce((sum, { n }) => sum + n, 0);
  const spoken = parts.map(({ label, n }) => `${label} ${n}`).join(", ");
  const share = (n) => ({ flexBasis: `${(80 * n) / Math.max(most ?? total, 1)}%` });
  return html`<div class="bars" role="img" aria-label=${`${many(total, "{n} card", "{n} cards")}: ${spoken}`}>
    ${parts.map(({ label, n }) => html`<i key=${label} data-g=${letterOf(label)} style=${share(n)}>
      <${Shape} label=${label} /><span class="num">${n}</span></i>`)}
    <b class="num">${total}</b>
  </div>`;
}
