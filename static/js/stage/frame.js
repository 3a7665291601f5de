/** What several scenes share: the head with the timer, the way in for who has just arrived, the mark of a page. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { phase, Timer, useSeconds } from "../parts/timer.js";

/** The big clock of the open step, with what it means; nothing where no timer was set. */
export function Clock({ store, step, clock }) {
  const timer = step && row(store, "timers", step.id);
  return timer ? html`<${Ticking} timer=${timer} clock=${clock} />` : null;
}

function Ticking({ timer, clock }) {
  const state = phase(timer, useSeconds(timer, clock));
  const words = { runs: say("Time left"), soon: say("Last minute"), out: say("Time is up"), paused: say("Paused") };
  return html`<p class="clock"><small>${words[state]}</small><${Timer} timer=${timer} clock=${clock} /></p>`;
}

/** A scene's head: a small line, a title, a sentence, and the clock. */
export function Head({ over, title, note, children, ...time }) {
  return html`<header>
    <div>
      ${over && html`<p class="over" dir="auto">${over}</p>`}
      <h1 dir="auto">${title}</h1>
      ${note && html`<p class="note-line" dir="auto">${note}</p>`}
      ${children}
    </div>
    <${Clock} ...${time} />
  </header>`;
}

/** A code of eight digits as two groups of four. */
export const codeFace = (code) => `${code.slice(0, 4)}\u202f${code.slice(4)}`;

/** What to type of an address: "192.168.8.10:8080". */
export const toType = (address) => address.replace(/^https?:\/\//, "");

/** How who has just arrived comes in; nothing while the doors are closed. */
export function WayIn({ store, address }) {
  const doors = row(store, "doors", "doors");
  if (!doors?.open) return null;
  return html`<p class="way-in">${say("Just arrived?")} <bdi class="address" dir="ltr">${toType(address)}</bdi>
    <b class="code" dir="ltr">${codeFace(doors.code)}</b></p>`;
}

/** "2 / 3" where not everything fits on one page. */
export function Pages({ page, count }) {
  if (count < 2) return null;
  return html`<p class="pages num" aria-label=${say("Page {n} of {of}", { n: page + 1, of: count })}>
    ${page + 1} / ${count}</p>`;
}
