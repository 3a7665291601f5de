/** A select that acts: at once by mouse and touch; by keyboard on Enter or on leaving it, so that the arrow keys can
 * pass over what isn't meant. */

import { html, useRef, useState } from "../../vendor/preact.js";

/** `label` is read out, and shown with `named`; `value` "" for one that only acts; `onChoose(value)`. */
export function Choose({ label, named, value = "", onChoose, children, class: more = "" }) {
  const keyed = useRef(false);
  const [waiting, wait] = useState(null);
  const act = (select, chosen) => {
    wait(null);
    select.value = value;
    if (chosen !== value) onChoose(chosen);
  };
  const keys = (event) => {
    if (event.key === "Enter" && waiting !== null) act(event.currentTarget, waiting);
    else keyed.current = true;
  };
  const change = ({ currentTarget }) =>
    (keyed.current ? wait(currentTarget.value) : act(currentTarget, currentTarget.value));
  return html`<label class="choose"><span class=${named ? "label" : "sr"}>${label}</span>
    <select class="field ${more}" value=${waiting ?? value} onChange=${change} onKeyDown=${keys}
      onPointerDown=${() => { keyed.current = false; }}
      onBlur=${(event) => waiting !== null && act(event.currentTarget, waiting)}>${children}</select></label>`;
}
