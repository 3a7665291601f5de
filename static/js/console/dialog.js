/** A question that must be answered first: what is about to happen, and whether to. */

import { html, useEffect, useId, useRef } from "../../vendor/preact.js";
import { say } from "../lib/say.js";

/** A modal dialog with `title` and `children`; `yes` names the button that calls `onYes`, `onNo` closes. */
export function Confirm({ title, yes, busy, onYes, onNo, children }) {
  const dialog = useRef();
  const heading = useId();
  useEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onNo();
  };
  return html`<dialog class="ask" ref=${dialog} aria-labelledby=${heading} onCancel=${cancel}>
    <h2 id=${heading}>${title}</h2>
    <div class="body">${children}</div>
    <footer>
      <button type="button" class="btn alt" onClick=${onNo} autofocus>${say("Not yet")}</button>
      <button type="button" class="btn" disabled=${busy} onClick=${onYes}>${yes}</button>
    </footer>
  </dialog>`;
}
