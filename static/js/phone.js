/** The participant's page. The token lies in this browser only; without it one joins first. */

import { html, render } from "../vendor/preact.js";
import { openOutbox } from "./lib/outbox.js";
import { connect } from "./lib/socket.js";
import { Phone } from "./phone/app.js";

const root = document.getElementById("app");
const { workshop } = root.dataset;
const token = localStorage.getItem(`w/${workshop}`);

/** Refusals after which the token is worth nothing, so that one can join anew. */
const FORGET = ["unknown-token", "unknown-workshop"];

async function start() {
  const outbox = await openOutbox(workshop);
  const draw = () => {
    if (FORGET.includes(line.error?.code)) localStorage.removeItem(`w/${workshop}`);
    render(html`<${Phone} line=${line} />`, root);
  };
  const line = connect({ workshop, token, outbox, changed: draw });
  draw();
}

if (token) start();
else location.replace("/");
