/** The projector's page: a read-only link, drawn anew with every change. */

import { html, render } from "../vendor/preact.js";
import { connect } from "./lib/socket.js";
import { refusal } from "./lib/say.js";
import { Net } from "./parts/net.js";
import { languagesOf } from "./stage/rows.js";
import { Stage } from "./stage/stage.js";

const app = document.getElementById("app");
const { workshop, as, address } = app.dataset;
const asked = new URLSearchParams(location.search).get("lang");
const qr = `/api/workshops/${workshop}/qr.svg?as=${as}`;

function Page({ line }) {
  const lang = asked ?? languagesOf(line.store)[0];
  return html`<${Stage} store=${line.store} lang=${lang} clock=${line.clock} address=${address} qr=${qr} />
    ${line.error ? html`<p class="stage-net" role="alert">${refusal(line.error)}</p>`
      : line.net !== "connected" && html`<p class="stage-net"><${Net} state=${line.net} /></p>`}`;
}

const draw = () => render(html`<${Page} line=${line} />`, app);
const line = connect({ workshop, as, changed: draw });
draw();
