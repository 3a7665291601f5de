/** The lobby: how to join, and the people arriving as blank cards on the wall. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { workshop as workshopOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { languageName, pick } from "../parts/text.js";
import { useFit } from "./fit.js";
import { codeFace, toType } from "./frame.js";
import { languagesOf } from "./rows.js";

const MOST_CARDS = 180;

export function Lobby({ store, lang, address, qr }) {
  const workshop = workshopOf(store);
  const doors = row(store, "doors", "doors");
  const fit = useFit(3);
  return html`<div class="scene lobby">
    <div class="say" ref=${fit}>
      <div><p class="over" dir="auto">${pick(workshop.title, lang, languagesOf(store))}</p>
        <h1>${doors?.open ? say("Join with your phone") : say("Welcome")}</h1></div>
      ${doors?.open ? html`<${Steps} code=${doors.code} address=${address} />` : html`<p class="closed">
        ${say("The doors are closed for now. If you have joined before, open the page on your phone again.")}</p>`}
    </div>
    ${doors?.open && html`<figure class="qr"><img src=${`${qr}&of=${doors.seq}`} alt=${say("QR code to join")} />
      <figcaption>${say("No account. No name needed.")}</figcaption></figure>`}
    <${Arrivals} people=${row(store, "room", "room")?.people ?? 0} languages=${languagesOf(store)} />
  </div>`;
}

/** An address that is only reached from within the room's own network. */
export const isLocal = (address) =>
  /^(\[|\d+\.\d+\.\d+\.\d+|[^.:]+(:\d+)?$)|\.(lan|local|home|internal)(:\d+)?$/.test(address);

function Steps({ code, address }) {
  const steps = [
    isLocal(toType(address)) && html`${say("Connect to the Wi-Fi of this room")}
      <small>${say("If your phone says “no internet”, choose “Stay connected”.")}</small>`,
    html`${say("Scan the code, or open")}<span class="big"><bdi dir="ltr">${toType(address)}</bdi></span>`,
    html`${say("and type")}`,
  ].filter(Boolean);
  return html`<div><ol>${steps.map((step, n) => html`
      <li key=${n}><b class="n num">${n + 1}</b><div>${step}</div></li>`)}</ol>
    <p class="code"><bdi dir="ltr">${codeFace(code)}</bdi></p></div>`;
}

function Arrivals({ people, languages }) {
  const cards = Array.from({ length: Math.min(people, MOST_CARDS) });
  const here = many(people, "person is here", "people are here");
  return html`<section class="seats" aria-label=${say("People who joined")}>
    <p class="count num" role="status">${people} <span class="sr">${here}</span></p>
    <p class="lab" aria-hidden="true">${here}</p>
    <ul aria-hidden="true" class=${people > 80 ? "crowd" : people > 24 ? "many" : ""}>
      ${cards.map((_, n) => html`<li key=${n} class="arrive ${n === people - 1 ? "new" : ""}"></li>`)}</ul>
    <p class="langs">${languages.map((l) => html`<bdi key=${l} lang=${l}>${languageName(l)}</bdi>`)}</p>
  </section>`;
}
