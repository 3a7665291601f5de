/** The middle of the console: the step that is open with its one next move, or whatever is being looked at. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { openStep } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { pick } from "../parts/text.js";
import { Across } from "./across.js";
import { Refused, useAsk } from "./asking.js";
import { Board, BoardPage } from "./board.js";
import { stepNow } from "./course.js";
import { Draw } from "./draw.js";
import { useHere } from "./here.js";
import { nameOf, stepName } from "./names.js";
import { Next } from "./next.js";
import { People } from "./people.js";
import { Progress } from "./progress.js";
import { Proposals } from "./proposals.js";
import { Report } from "./report.js";
import { Themes } from "./themes.js";
import { StepTimer } from "./timer.js";
import { Voting } from "./vote.js";

/** The step whose things the middle shows: the one looked at, else the open one, else the last that was open. */
export const stepShown = (store, view) => (view.page === "step" ? row(store, "steps", view.id) : stepNow(store));

export function Middle() {
  const { store, view } = useHere();
  if (view.page === "board") return html`<${BoardPage} key=${view.id} board=${view.id} />`;
  if (view.page === "people") return html`<${People} />`;
  if (view.page === "proposals") return html`<${Proposals} />`;
  if (view.page === "across") return html`<${Across} />`;
  const step = stepShown(store, view);
  const session = row(store, "sessions", step?.session);
  if (!session) return html`<${Beginning} />`;
  const open = openStep(store);
  const looking = view.page === "step" && step.id !== open?.id;
  const next = !looking && html`<div class="tm">
    ${open && html`<${StepTimer} step=${step} session=${session} />`}<${Next} /></div>`;
  return html`<section class="here" data-step=${step.step} key=${step.id}>
    ${looking && html`<${Looking} step=${step} open=${open} />`}
    ${step.step === "themes" ? html`<${Themes} session=${session}>${next}<//>` : html`
      <${Question} session=${session} step=${step} />
      ${next}
      <${Things} step=${step} session=${session} open=${step.state === "open"} />`}
  </section>`;
}

function Beginning() {
  return html`<section class="here">
    <h2>${say("Nothing has begun yet.")}</h2>
    <div class="tm"><${Next} /></div>
    <${Arrived} />
  </section>`;
}

/** Who has come so far, the newest first. */
function Arrived() {
  const { store } = useHere();
  const people = rows(store, "people").sort((a, b) => b.joined_at - a.joined_at);
  return html`<div class="arrived"><p class="lead">
    ${many(people.length, "{n} person has joined.", "{n} people have joined.")}</p>
    <ul>${people
      .map((person) => html`<li key=${person.id} class="arrive"><bdi>${nameOf(store, person.id)}</bdi></li>`)}</ul>
        </div>`;
}

function Question({ session, step }) {
  const { lang, languages } = useHere();
  const title = pick(session.title, lang, languages);
  const [first, ...others] = step.step === "work" ? session.questions.map((text) => pick(text, lang, languages)) : [];
  return html`<header class="asked">
    <p class="over">
      ${first && html`<span dir="auto">${title}</span> · `}${stepName(step.step)}${step.state === "done"
        && html` · ${say("closed")}`}</p>
    <h2 dir="auto">${first ?? title}</h2>
    ${others.length > 0 && html`<ul>${others.map((text) => html`<li key=${text} dir="auto">${text}</li>`)}</ul>`}
  </header>`;
}

function Looking({ step, open }) {
  const { go } = useHere();
  const [ask, { refused }] = useAsk();
  const begin = async () => {
    const answer = await ask({ kind: "OpenStep", step: step.id, from: open?.id ?? null });
    if (answer.ok) go("");
  };
  return html`<div class="looking"><p>${say("You are looking at a step that is not open.")}</p>
    <button type="button" class="btn quiet sm" onClick=${() => go("")}><${Icon} name="back" flip=${true} />
      ${say("Back to now")}</button>
    <button type="button" class="btn alt sm" onClick=${begin}>
      ${step.state === "done" ? say("Open this step again") : say("Open this step")}</button>
    <${Refused} refused=${refused} /></div>`;
}

function Things({ step, session, open }) {
  switch (step.step) {
    case "draw": return html`<${Draw} session=${session} />`;
    case "work": return session.kind === "plenary" ? html`<${Board} board=${session.id} session=${session} />`
      : session.drawn ? html`<${Progress} session=${session} open=${open} />` : html`<${Draw} session=${session} />`;
    case "report-back": return html`<${Report} session=${session} />`;
    case "proposals": return html`<${Proposals} />`;
    case "vote": return html`<${Voting} session=${session} />`;
    case "lobby": return html`<${Arrived} />`;
    default: return null;
  }
}
