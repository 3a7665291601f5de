/** The timer of the open step: start, pause, more, less. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { phase, Timer, useSeconds } from "../parts/timer.js";
import { Refused, useAsk } from "./asking.js";
import { Choose } from "./choose.js";
import { useHere } from "./here.js";

const MINUTE = 60_000;
const LENGTHS = [5, 10, 15, 20, 30, 45];

export function StepTimer({ step, session }) {
  const { store } = useHere();
  const timer = row(store, "timers", step.id);
  const [ask, { refused }] = useAsk();
  const lengths = [...new Set([session.minutes, ...LENGTHS])].filter(Boolean);
  const start = (minutes) => ask({ kind: "StartTimer", step: step.id, length_ms: Number(minutes) * MINUTE });
  return html`<div class="step-timer">
    ${timer ? html`<${Running} timer=${timer} ask=${ask} step=${step} />` : html`<span class="idle">
      ${say("Timer")}</span>`}
    <${Choose} label=${say("Start the timer")} onChoose=${start}>
      <option value="" disabled>${timer ? say("Start again …") : say("Start …")}</option>
      ${lengths.map((n) => html`<option key=${n} value=${n}>${say("{n} min", { n })}</option>`)}<//>
    <${Refused} refused=${refused} />
  </div>`;
}

function Running({ timer, ask, step }) {
  const { clock } = useHere();
  const state = phase(timer, useSeconds(timer, clock));
  const add = (minutes, words) => html`<button type="button" class="btn alt sm num"
    onClick=${() => ask({ kind: "AddTime", step: step.id, ms: minutes * MINUTE })}>${words}</button>`;
  return html`<${Timer} timer=${timer} clock=${clock} />
    <span class="keys">
      <button type="button" class="btn alt sm"
        onClick=${() => ask({ kind: "PauseTimer", step: step.id, running: !timer.running })}>
        ${timer.running ? say("Pause") : say("Go on")}</button>
      ${add(-1, say("−1 min"))}${add(1, say("+1 min"))}${add(5, say("+5"))}
    </span>
    ${state === "out" && html`<span class="hint">${say("Nothing closes by itself.")}</span>`}`;
}
