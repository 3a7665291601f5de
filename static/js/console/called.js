/** Words or dice that were called out in the room: typed beside the draw, sent with it. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { rows } from "../lib/tables.js";
import { useHere } from "./here.js";

const MOST = 200;
let words = "";

/** The command that draws, with what was called out; `words` are used once. */
export const drawing = () => ({ kind: "DrawGroups", words });

/** After a draw: what was called out for it is not for the next. */
export const called = () => { words = ""; };

export function CalledOut() {
  const { store } = useHere();
  const next = rows(store, "draws").length + 1;
  const luck = rows(store, "luck").filter((one) => one.draw === next).length;
  return html`<div class="called"><label><span class="label">${say("Words or dice called out in the room")}${" "}
      <small>${say("if you like")}</small></span>
    <input class="field" maxlength=${MOST} autocomplete="off" defaultValue=${words}
      onInput=${(event) => { words = event.currentTarget.value; }} /></label>
    <p class="hint">${luck > 0 && html`${many(luck, "{n} phone has added its own chance.",
      "{n} phones have added their own chance.")} `}${say("So nobody can have arranged the draw, not even this computer.")}</p>
  </div>`;
}
