/** The middle of the console: the step that is open with its one next move, or whatever is being looked at. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { openStep } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { Board, BoardPage } from "./board.js";
import { stepNow } from "./course.js";
import { Draw } from "./draw.js";
import { useHere } from "./here.js";
import { stepName } from "./names.js";
import { Next } from "./next.js";
import { People } from "./people.js";
import { Progress } from "./progress.js";
import { Proposals } from "./proposals.js";
import { Report } from "./report.js";
import { Themes } from "./themes.js";
import { StepTimer } from "./timer.js";

/** The step whose things the middle shows: the one looked at, else the open one, else the last that was open. */
export const stepShown = (store, view) => (view.page === "step" ? row(store, "steps", view.id) : stepNow(store));

export function Middle() {
  const { store, view } = useHere();
  if (view.page === "board") return html`<${BoardPage} key=${view.id} board=${view.id} />`;
  if (view.page === "people") return html`<${People} />`;
  if (view.page === "proposals") return html`<${Proposals} />`;
  const step = stepShown(store, view);
  const session = row(store, "sessions", step?.session);
  if (!session) return html`<${Beginning} />`;
  const open = openStep(store);
  const looking = view.page === "step" && step.id !== open?.id;
  return html`<section class="here" data-step=${step.step} key=${step.id}>
    ${looking && html`<${Looking} step=${step} open=${open} />`}
    ${step.step !== "themes" && html`<${Question} session=${session} step=${step} />`}
    ${!looking && html`<div class="tm">${open && html`<${StepTimer} step=${step} session=${session} />`}<${Next} /></div>`}
    <${Things} step=${step} session=${session} open=${step.state === "open"} />
  </section>`;
}

function Beginning() {
  const { store } = useHere();
  return html`<section class="here">
    <h2>${say("Nothing has begun yet.")}</h2>
    <div class="tm"><${Next} /></div>
    <p class="lead">${many(rows(store, "people").length, "{n} person has joined.", "{n} people have joined.")}</p>
  </section>`;
}

function Question({ session, step }) {
  const { lang, languages } = useHere();
  const title = pick(session.title, lang, languages);
  const [first, ...others] = step.step === "work" ? session.questions.map((text) => pick(text, lang, languages)) : [];
  return html`<header class="question">
    <p class="over"><span dir="auto">${title}</span> · ${stepName(step.step)}${step.state === "done" && html` · ${say("closed")}`}</p>
    <h2 dir="auto">${first ?? title}</h2>
    ${others.length > 0 && html`<ul>${others.map((text) => html`<li key=${text} dir="auto">${text}</li>`)}</ul>`}
  </header>`;
}

function Looking({ step, open }) {
  const { go } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const begin = async () => {
    const answer = await ask({ kind: "OpenStep", step: step.id, from: open?.id ?? null });
    if (answer.ok) go("");
  };
  return html`<div class="looking"><p>${say("You are looking at a step that is not open.")}</p>
    <button type="button" class="btn quiet sm" onClick=${() => go("")}><${Icon} name="back" flip=${true} />${say("Back to now")}</button>
    <button type="button" class="btn alt sm" disabled=${busy} onClick=${begin}>${step.state === "done" ? say("Open this step again") : say("Open this step")}</button>
    <${Refused} refused=${refused} /></div>`;
}

function Things({ step, session, open }) {
  const { store } = useHere();
  switch (step.step) {
    case "draw": return html`<${Draw} session=${session} />`;
    case "work": return session.kind === "plenary" ? html`<${Board} board=${session.id} session=${session} />`
      : session.drawn ? html`<${Progress} session=${session} open=${open} />` : html`<${Draw} session=${session} />`;
    case "report-back": return html`<${Report} session=${session} />`;
    case "themes": return html`<${Themes} session=${session} />`;
    case "proposals": return html`<${Proposals} />`;
    case "lobby": return html`<p class="lead">${many(rows(store, "people").length, "{n} person has joined.", "{n} people have joined.")}</p>`;
    default: return null;
  }
}
