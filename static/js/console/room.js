/** The column about the room: the projector, who has just arrived, the doors. */

import { html } from "../../vendor/preact.js";
import { Doors } from "./doors.js";
import { Latecomers } from "./latecomers.js";
import { Projector } from "./projector.js";
import { Small } from "./small.js";
import { say } from "../lib/say.js";

export function Room() {
  return html`<aside class="room" aria-label=${say("Room")}>
    <${Latecomers} />
    <${Small} />
    <${Projector} />
    <${Doors} />
  </aside>`;
}
