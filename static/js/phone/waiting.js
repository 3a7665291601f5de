/** Between steps: what this is, who is here, what happens next. It flips by itself when a step opens. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { nameOf, nextStep, row, sessionOf, workshop } from "../lib/select.js";
import { Group } from "./group.js";
import { Questions } from "./board.js";

const nowSays = (step, session) => ({
  lobby: session?.kind === "talk" ? say("Listen and look at the screen.") : say("People are arriving. Make yourself at home."),
  draw: say("The groups are being drawn. Yours will appear here."),
  work: say("You have no group in this session yet. Tell a facilitator, and you will be placed at once."),
  "report-back": say("The groups report back. Look at the screen."),
  themes: say("What the groups said is being put together. Look at the screen."),
  proposals: say("The proposals are being written together. Look at the screen."),
  vote: say("Look at the screen: it says how you choose."),
  "sign-off": say("Look at the screen: is this what you said?"),
}[step]);

const stepName = (step) => ({
  lobby: say("Arriving"), draw: say("Groups"), work: say("Working"), "report-back": say("Reporting back"),
  themes: say("Themes"), proposals: say("Proposals"), vote: say("Vote"), "sign-off": say("Sign-off"),
}[step] ?? step);

export function Waiting({ here }) {
  const { store, me, pick, step, session } = here;
  const group = session && row(store, "steps", `${session.id}/work`)?.state !== "done" && here.group;
  const next = nextStep(store);
  const name = nameOf(store, me);
  const people = row(store, "room", "room")?.people;
  const about = workshop(store);
  return html`
    ${group && html`<${Group} here=${here} />`}
    <main class="p-main">
      <div class="welcome">
        ${!group && html`<p class="by">${name ? say("Welcome, {name}", { name }) : say("Welcome")}</p>
          <h1>${step ? pick(session.title) : pick(about.title)}</h1>`}
        <p>${step && !(group && step.step === "draw") ? nowSays(step.step, session) : group ? say("Find your group and sit together.")
          : say("It goes on in a moment. This page changes by itself.")}</p>
        ${people > 0 && html`<p class="hint">${many(people, "{n} person is here", "{n} people are here")}</p>`}
      </div>
      ${group && session.questions.length > 0 && html`<${Questions} here=${here} session=${session} />`}
      ${next && html`<div class="next"><p class="hint">${say("What comes next")}</p>
        <p><b>${pick(sessionOf(store, next.session)?.title)}</b> · ${stepName(next.step)}</p></div>`}
      ${!step && !session && about.objectives.length > 0 && html`<section><h2>${say("What we want to reach")}</h2>
        <ul class="why">${about.objectives.map((o) => html`<li>${pick(o)}</li>`)}</ul></section>`}
    </main>`;
}
