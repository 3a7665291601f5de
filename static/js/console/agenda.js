/** The agenda: days, sessions, steps. Looking at a step opens nothing. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { agenda, openStep, sessions as sessionsOf, steps as stepsOf } from "../lib/select.js";
import { rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { pick } from "../parts/text.js";
import { confirmedBySession } from "./across.js";
import { stepNow } from "./course.js";
import { useHere } from "./here.js";
import { stepName } from "./names.js";

export function Agenda() {
  const { store } = useHere();
  const sessions = sessionsOf(store);
  const people = rows(store, "people");
  const days = [...new Set(sessions.map((session) => session.day))];
  return html`<nav class="agenda" aria-label=${say("Agenda")}>
    ${days.map((day) => html`<section key=${day}>
      ${days.length > 1 && html`<h2>${say("Day {n}", { n: day })}</h2>`}
      <ol>${sessions.filter((s) => s.day === day).map((s) => html`<${Session} key=${s.id} session=${s} />`)}</ol>
    </section>`)}
    <ul class="pages">
      <${Page} path="people" icon="people" words=${many(people.length, "{n} person", "{n} people")} />
      <${Page} path="proposals" icon="edit" words=${say("Proposals")} />
      ${confirmedBySession(store).length > 1 && html`
        <${Page} path="across" icon="echo" words=${say("Across sessions")} />`}
    </ul>
  </nav>`;
}

function Page({ path, icon, words }) {
  const { view, go } = useHere();
  return html`<li><button type="button" aria-current=${view.page === path ? "page" : undefined}
    onClick=${() => go(path)}>
    <${Icon} name=${icon} /><span>${words}</span></button></li>`;
}

function Session({ session }) {
  const { store, lang, languages, view, go } = useHere();
  const steps = stepsOf(store, session.id);
  const now = openStep(store);
  const here = (stepNow(store) ?? agenda(store)[0])?.session === session.id;
  const looked = view.page === "step" && steps.some((step) => step.id === view.id);
  const done = steps.length > 0 && steps.every((step) => step.state === "done");
  const title = pick(session.title, lang, languages) || session.id;
  const first = steps.find((step) => step.state !== "done") ?? steps.at(-1);
  return html`<li class="session ${done ? "done" : ""} ${here ? "here" : ""}">
    <button type="button" aria-expanded=${here || looked}
      onClick=${() => first && go(first.id === now?.id ? "" : `step/${first.id}`)}>
      ${done && html`<${Icon} name="check" />`}<span dir="auto">${title}</span>
      ${session.minutes && html`<small class="num">${say("{n} min", { n: session.minutes })}</small>`}
    </button>
    ${(here || looked) && html`<ol>${steps.map((step) => html`<li key=${step.id}>
      <button type="button" class="step ${step.state}" aria-current=${step.state === "open" ? "step" : undefined}
        data-looked=${view.id === step.id ? "" : undefined}
        onClick=${() => go(step.state === "open" ? "" : `step/${step.id}`)}>
        <${Icon} name=${{ done: "check", open: "play", waiting: "more" }[step.state]} /><span>
          ${stepName(step.step)}</span>
      </button></li>`)}</ol>`}
  </li>`;
}
