/** The doors: the code, the QR, whether people may still join. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { workshop as workshopOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { codeFace } from "../stage/frame.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";

export function Doors() {
  const { store, workshop, link, address } = useHere();
  const [ask, { refused }] = useAsk();
  const [big, enlarge] = useState(false);
  const doors = row(store, "doors", "doors");
  const people = rows(store, "people").length;
  const { expected, ended_at } = workshopOf(store);
  const open = doors?.open && !ended_at;
  return html`<section class="doors">
    <h2>${open ? say("Doors are open") : say("Doors are closed")}</h2>
    <dl>
      ${open && html`<div><dt>${say("Address")}</dt><dd><bdi dir="ltr">${address}</bdi></dd></div>
        <div><dt>${say("Code")}</dt><dd class="code" dir="ltr">${codeFace(doors.code)}</dd></div>`}
      <div><dt>${say("Joined")}</dt><dd class="num">${say("{n} of about {expected}", { n: people, expected })}</dd>
        </div>
    </dl>
    ${open && big && html`<img class="qr" src=${`/api/workshops/${workshop}/qr.svg?as=${link}&of=${doors.seq}`}
      alt=${say("QR code to join")} />`}
    <div class="row">
      ${open && html`<button type="button" class="btn quiet sm" aria-expanded=${big} onClick=${() => enlarge(!big)}>
        ${say("QR code")}</button>`}
      ${!ended_at && html`<button type="button" class="btn alt sm"
        onClick=${() => ask({ kind: open ? "CloseDoors" : "OpenDoors" })}>
          ${open ? say("Close the doors") : say("Open the doors")}</button>`}
    </div>
    ${!open && doors && !ended_at && html`<p class="hint">
      ${many(people, "{n} person can come back on their phone; nobody new can join. Opening again makes a new code.",
      "{n} people can come back on their phones; nobody new can join. Opening again makes a new code.")}</p>`}
    <${Refused} refused=${refused} />
  </section>`;
}
