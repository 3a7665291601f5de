/** Whether this screen is connected. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { Icon } from "./icons.js";

/** The connection pill; `state` is "connected", "connecting" or "lost". */
export function Net({ state }) {
  const [icon, words] = {
    connected: ["check", say("Connected")],
    connecting: ["clock", say("Connecting …")],
    lost: ["offline", say("No connection")],
  }[state];
  return html`<span class="net ${state}" role="status"><${Icon} name=${icon} /><span>${words}</span></span>`;
}
