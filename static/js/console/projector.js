/** What the projector shows: seen small, and chosen. */

import { html, useState } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { workshop as workshopOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Stage } from "../stage/stage.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";

const VIEWS = ["auto", "join", "question", "groups", "report", "themes", "vote", "proposals", "blank"];

const viewName = (view) => ({
  auto: say("Follows the step"), join: say("How to join"), question: say("Question"), groups: say("Groups"),
  report: say("Report back"), themes: say("Themes"), vote: say("Vote"), proposals: say("Proposals"), blank: say("Blank"),
})[view];

/** The same store with nothing in it but what the projector sees. */
export const ofStage = (store) => ({
  ...store,
  tables: Object.fromEntries(Object.entries(store.tables).map(([table, rows]) => [
    table, Object.fromEntries(Object.entries(rows).filter(([, r]) => r.audience === "all" || r.audience === "stage")),
  ])),
});

export function Projector() {
  const { store, languages, clock, address, workshop, link } = useHere();
  const [ask, { refused }] = useAsk();
  const stage = row(store, "stage", "stage") ?? { view: "auto", contrast: false };
  const show = (change) => ask({ kind: "ShowOnStage", view: stage.view, contrast: stage.contrast, ...change });
  const button = (view) => html`<button type="button" key=${view} class="btn alt sm" aria-pressed=${stage.view === view}
    onClick=${() => show({ view })}>${viewName(view)}</button>`;
  return html`<section class="projector">
    <h2>${say("On the projector")}</h2>
    <div class="preview" inert aria-hidden="true">
      <${Stage} store=${ofStage(store)} lang=${languages[0]} clock=${clock} address=${address} small
        qr=${`/api/workshops/${workshop}/qr.svg?as=${link}`} />
    </div>
    <div class="views" role="group" aria-label=${say("What the projector shows")}>${VIEWS.map(button)}</div>
    <label class="check"><input type="checkbox" checked=${stage.contrast}
      onChange=${(event) => show({ contrast: event.currentTarget.checked })} />${say("High contrast")}</label>
    <${Refused} refused=${refused} />
    ${!workshopOf(store).ended_at && html`<${Opener} />`}
  </section>`;
}

/** A new read-only link for the projector, opened in a window of its own. */
function Opener() {
  const { workshop, link } = useHere();
  const [url, found] = useState("");
  const [state, set] = useState("");
  const open = async () => {
    set("busy");
    const made = await newLink(workshop, link, { role: "stage", label: say("Projector") });
    set(made ? "" : "failed");
    if (!made) return;
    found(made);
    globalThis.open(made, "_blank", "noopener");
  };
  return html`<div class="opener">
    <button type="button" class="btn alt sm" disabled=${state === "busy"} onClick=${open}>
      <${Icon} name="link" />${say("Open the projector")}</button>
    ${url && html`<p class="hint">${say("No window opened?")} <a href=${url} target="_blank" rel="noopener">
      ${say("Open it here")}</a></p>`}
    <div role="status">
      ${state === "failed" && html`<p class="note">${say("The link could not be made. Try again.")}</p>`}</div>
  </div>`;
}

/** The address of a new link of a role, or "" when the server would not or could not make one. */
export async function newLink(workshop, as, { role, label }) {
  try {
    const response = await fetch(`/api/workshops/${workshop}/links`, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Baraza-As": as, "X-Baraza": "1" },
      body: JSON.stringify({ role, label }),
    });
    const made = await response.json();
    return made.ok ? made.url : "";
  } catch {
    return "";
  }
}
