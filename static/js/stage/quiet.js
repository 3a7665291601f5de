/** The scenes that say one thing: nothing yet, in a moment, check your phone, the end. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { nextStep, workshop } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { pick } from "../parts/text.js";
import { Clock, WayIn } from "./frame.js";
import { languagesOf } from "./rows.js";

function Quiet({ over, title, note, children, footer }) {
  return html`<div class="scene quiet-scene">
    <div>
      ${over && html`<p class="over" dir="auto">${over}</p>`}
      <h1 dir="auto">${title}</h1>
      ${note && html`<p class="note-line" dir="auto">${note}</p>`}
      ${children}
    </div>
    <footer>${footer}</footer>
  </div>`;
}

const titleOf = (store, lang) => pick(workshop(store).title, lang, languagesOf(store));

/** No step is open: what comes next. */
export function Between({ store, lang, address }) {
  const next = row(store, "sessions", nextStep(store)?.session);
  return html`<${Quiet} over=${next ? say("Coming up") : titleOf(store, lang)}
    title=${next ? pick(next.title, lang, languagesOf(store)) : say("Thank you")}
    note=${next ? next.questions.map((q) => pick(q, lang, languagesOf(store)))[0] : ""}
    footer=${html`<${WayIn} store=${store} address=${address} />`} />`;
}

/** The facilitators sort the cards; nothing is shown yet. */
export function Sorting({ store, session, step, lang, clock }) {
  return html`<${Quiet} over=${session ? pick(session.title, lang, languagesOf(store)) : ""}
    title=${say("What do our groups have in common?")}
    note=${say("The cards are being sorted. The themes will be shown here.")}>
    <${Clock} store=${store} step=${step} clock=${clock} /></${Quiet}>`;
}

/** The proposals are being written. */
export function Writing({ store, step, lang, clock }) {
  return html`<${Quiet} over=${titleOf(store, lang)} title=${say("What do we propose together?")}
    note=${say("The proposals will be shown here.")}>
    <${Clock} store=${store} step=${step} clock=${clock} /></${Quiet}>`;
}

/** Every group checks what will be printed of it. */
export function SignOff({ store, session, step, lang, clock }) {
  return html`<${Quiet} over=${pick(session.title, lang, languagesOf(store))} title=${say("Is this what you said?")}
    note=${say("Read your group’s cards on your phone. Is anything wrong, or missing? Say so now.")}>
    <${Clock} store=${store} step=${step} clock=${clock} /></${Quiet}>`;
}

/** The workshop is over. */
export function Ended({ store, lang }) {
  const days = workshop(store).keep_days;
  return html`<${Quiet} over=${titleOf(store, lang)} title=${say("Thank you")}
    note=${say("This workshop has ended.")}
    footer=${days > 0 && html`<p>${many(days, "What was written here is deleted after {n} day.",
      "What was written here is deleted after {n} days.")}</p>`} />`;
}

/** Nothing at all, on purpose. */
export const Blank = () =>
  html`<div class="scene blank-scene"><h1 class="sr">${say("The screen is blank.")}</h1></div>`;
