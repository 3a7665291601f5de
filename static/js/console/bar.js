/** The bar: which workshop, whether everything is connected, and what can be taken back. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { workshop } from "../lib/select.js";
import { Icon } from "../parts/icons.js";
import { Net } from "../parts/net.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { deed } from "./names.js";

/** `side` is the column that is open where not all fit, `show(side)` opens another or ("") none. */
export function Bar({ side, show }) {
  const { store, lang, languages, net, presence } = useHere();
  const { title } = workshop(store);
  const toggle = (name, icon, words) => html`<button type="button" class="btn quiet sm toggle"
    aria-expanded=${side === name}
    onClick=${() => show(side === name ? "" : name)}><${Icon} name=${icon} /><span>${words}</span></button>`;
  return html`<header class="bar">
    ${toggle("agenda", "list", say("Agenda"))}
    <h1 dir="auto">${pick(title, lang, languages)}</h1>
    <div class="signs">
      <${Net} state=${net} />
      ${presence && html`<span class="sign num"><${Icon} name="people" />
        ${many(presence.connected, "{n} phone here", "{n} phones here")}</span>`}
      ${presence && html`<span class="sign ${presence.stages ? "" : "missing"}">
        <${Icon} name=${presence.stages ? "check" : "unseen"} />
        ${presence.stages ? say("Projector on") : say("No projector")}</span>`}
    </div>
    <${Back} />
    ${toggle("room", "screen", say("Room"))}
  </header>`;
}

function Back() {
  const { past, turn } = useHere();
  const [ask, { refused, forget }] = useAsk();
  const button = (back, words, label) => {
    const entry = past[back].at(-1);
    const name = entry ? `${words} ${deed(entry.kind)}` : words;
    return html`<button type="button" class="btn alt sm back ${back}" disabled=${!entry} aria-label=${name}
      title=${name}
      onClick=${() => turn(ask, back)}><${Icon} name="undo" flip=${true} /><span class="word">${words}</span>${" "}
      ${entry && label && html`<small>${deed(entry.kind)}</small>`}</button>`;
  };
  return html`<div class="history">${button("undo", say("Undo"), true)}${button("redo", say("Redo"), false)}</div>
    <div class="told"><${Refused} refused=${refused} />
      ${refused && html`<button type="button" class="btn quiet sm" onClick=${forget}>
        ${say("Understood")}</button>`}</div>`;
}
