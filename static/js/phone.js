/** The participant's page. The token lies in this browser only; without it one joins first. */

import { html, render } from "../vendor/preact.js";
import { openOutbox } from "./lib/outbox.js";
import { workshop as about } from "./lib/select.js";
import { connect } from "./lib/socket.js";
import { Phone } from "./phone/app.js";

const root = document.getElementById("app");
const { workshop } = root.dataset;
const token = localStorage.getItem(`w/${workshop}`);

/** Refusals after which the token is worth nothing, so that one can join anew. */
const FORGET = ["unknown-token", "unknown-workshop", "workshop-ended"];

async function start() {
  const outbox = await openOutbox(workshop);
  let unsent = null;
  const draw = () => {
    if (unsent === null && (about(line.store)?.ended_at || FORGET.includes(line.error?.code))) {
      unsent = outbox.entries.length;
      forget();
    }
    render(html`<${Phone} line=${line} unsent=${unsent} />`, root);
  };
  const line = connect({ workshop, token, outbox, changed: draw });
  draw();

  /** The end: nothing of the workshop stays but what is on the screen. */
  function forget() {
    line.close();
    localStorage.removeItem(`w/${workshop}`);
    outbox.empty();
  }
}

if (token) start();
else location.replace("/");
