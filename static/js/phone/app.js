/** The phone: a bar on top, and below it what happens now, or what somebody chose from the menu. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, refusal, say } from "../lib/say.js";
import { proposals, row, seatOf, sessionOf, themes, workshop } from "../lib/select.js";
import { Icon } from "../parts/icons.js";
import { Net } from "../parts/net.js";
import { Timer } from "../parts/timer.js";
import { Board } from "./board.js";
import { Group } from "./group.js";
import { here as where } from "./here.js";
import { Menu } from "./menu.js";
import { Proposals, Themes, titleOf } from "./outcome.js";
import { Report } from "./report.js";
import { Waiting } from "./waiting.js";

const NOTICE_MS = 6000;
let [Vote, coming] = [];

/** `unsent`: how many asks were still waiting when the workshop ended; null while it goes on. */
export function Phone({ line, unsent }) {
  const [view, go] = useState(null);
  const [notice, tell] = useState("");
  const known = workshop(line.store);
  const here = known && where(line);
  const moment = here && `${here.step?.id} ${here.group?.id} ${here.vote?.id}`;
  useEffect(() => go(null), [moment]);
  useEffect(() => {
    const timer = setTimeout(() => tell(""), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);

  if (known?.ended_at || line.error) return html`<${Over} ...${{ line, unsent, here, view, go, tell }} />`;
  if (!known) return html`<div class="p"><header class="p-top"><${Net} state=${line.net} /></header></div>`;
  const timer = here.step && row(line.store, "timers", here.step.id);
  return html`<div class="p">
    <header class="p-top"><${Net} state=${line.net} />
      ${timer && html`<${Timer} timer=${timer} clock=${line.clock} />`}
      <button type="button" class="btn quiet sm" aria-expanded=${view === "menu"} onClick=${() => go(view ? null : "menu")}>
        <${Icon} name=${view ? "close" : "more"} />${view ? say("Close") : say("Menu")}</button></header>
    <${Saved} line=${line} />
    <${Screen} ...${{ here, view, go, tell }} />
    <p class="toast" role="status" onClick=${() => tell("")}>${notice}</p>
  </div>`;
}

function Screen({ here, view, go, tell }) {
  const { store, step, session, group } = here;
  if (view === "menu") return html`<${Menu} ...${{ here, go, tell }} />`;
  if (view?.board) return html`<${Board} key=${view.board} here=${here} board=${view.board} tell=${tell} titled />`;
  if (view?.report) return html`<${Report} here=${here} session=${view.report} tell=${tell} />`;
  if (view?.themes) return html`<${Themes} here=${here} session=${view.themes} />`;
  if (view?.proposals) return html`<${Proposals} here=${here} />`;
  const board = session?.kind === "plenary" ? session.id : group?.id;
  const writing = step?.step === "work" && board;
  return html`<${Left} ...${{ here, board, writing, go }} /><${Now} ...${{ here, board, tell, store }} />`;
}

/** Words that lie on another board than the one on the screen: being written when the step ended or its author was
 * moved, or refused afterwards. One tap brings them where they can go on. */
function Left({ here: { line, store, me }, board, writing, go }) {
  const { entries, drafts, keepDraft } = line.outbox;
  const refused = entries.find((e) => e.error && !e.kept && e.do.board && e.do.board !== writing);
  const [place, text] = refused ? [refused.do.board, refused.do.text] : [...drafts].find(([at]) => at !== writing) ?? [];
  if (!place) return null;
  function take() {
    const session = sessionOf(store, place);
    const mine = session?.id === place || seatOf(store, session?.id, me)?.group === place;
    if (mine || !board) return go({ board: place });
    keepDraft(board, [drafts.get(board), text].filter(Boolean).join(" "));
    if (refused) line.outbox.remove(refused.id);
    else keepDraft(place, "");
    return go({ board });
  }
  return html`<button type="button" class="note" onClick=${take}><${Icon} name="edit" />
    <span>${refused ? say("This card was not taken: “{text}”", { text }) : say("You were still writing: “{text}”", { text })}
    </span></button>`;
}

function Now({ here, board, tell, store }) {
  const { step, session, group, vote } = here;
  if (vote) return html`<${Voting} ...${{ here, tell }} />`;
  if (step?.step === "work" && board) {
    return html`${group && html`<${Group} here=${here} />`}
      <${Board} key=${board} here=${here} board=${board} tell=${tell} titled=${!group} />`;
  }
  if (step?.step === "report-back") return html`<${Report} here=${here} session=${session} tell=${tell} />`;
  if (step?.step === "themes" && themes(store, session.id).length) return html`<${Themes} here=${here} session=${session} />`;
  if (step?.step === "themes" && row(store, "presenting", session.id)) {
    return html`<${Report} here=${here} session=${session} tell=${tell} />`;
  }
  if (step?.step === "proposals" && proposals(store).length) return html`<${Proposals} here=${here} />`;
  return html`<${Waiting} here=${here} />`;
}

/** Its script is none of what every phone loads: it comes when there is a vote, or with a later drawing if it fails. */
function Voting(props) {
  if (Vote) return html`<${Vote} ...${props} kit=${{ say, many, refusal, row, titleOf }} />`;
  coming ??= import("./vote.js").then((loaded) => {
    ({ Vote } = loaded);
    props.here.line.draw();
  }).catch(() => { coming = null; });
  return html`<main class="p-main"><p class="hint">${say("One moment …")}</p></main>`;
}

/** What waits on this phone: for the connection, or for somebody to say that it may still be sent. */
function Saved({ line }) {
  const { outbox } = line;
  const [waiting, old] = [outbox.due().length, outbox.old()];
  if (old.length) {
    return html`<div class="note" role="status"><${Icon} name="clock" /><div>
      <p>${many(old.length, "{n} card on this phone is more than a day old. Send it?",
        "{n} cards on this phone are more than a day old. Send them?")}</p>
      <button type="button" class="btn sm" onClick=${() => old.forEach((e) => line.retry(e.id))}>${say("Send")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => old.forEach((e) => outbox.mark(e.id, { kept: true }))}>
        ${say("Keep on this phone")}</button></div></div>`;
  }
  if (line.net === "connected" || (line.net === "connecting" && !waiting)) {
    return !outbox.lasting() && html`<p class="note calm">${say("This browser keeps nothing. Open the page in your usual "
      + "browser, so that nothing is lost.")}</p>`;
  }
  return html`<p class="note" role="status"><${Icon} name="clock" /><span>${waiting
    ? say("Saved on this phone. It will be sent when the connection is back.")
    : say("No connection. You can go on writing; it will be sent when the connection is back.")}</span></p>`;
}

/** The end, or a phone that isn't known (any more). Whoever was there at the end may read what is still in memory. */
function Over({ line, unsent, here, view, go, tell }) {
  const ended = !line.error || line.error.code === "workshop-ended";
  if (here && ended && view) {
    return html`<div class="p"><header class="p-top"><button type="button" class="btn quiet sm"
        onClick=${() => go(view === "menu" ? null : "menu")}><${Icon} name="back" flip />${say("Back")}</button></header>
      <${Screen} ...${{ here, view, go, tell }} /></div>`;
  }
  return html`<div class="p"><main class="p-main"><div class="welcome">
    <h1>${ended ? say("The workshop is over. Thank you!") : refusal(line.error)}</h1>
    ${ended && html`<p>${say("Your group’s cards are in good hands: the report comes from the organisers.")}</p>
      <p>${say("This phone has forgotten who you were here.")}</p>`}
    ${unsent > 0 && html`<p class="wrong">${many(unsent, "{n} card could not be sent any more.",
      "{n} cards could not be sent any more.")}</p>`}
    ${!ended && html`<a class="btn" href="/">${say("Type the code")}</a>`}
    ${ended && here && html`<button type="button" class="btn alt" onClick=${() => go("menu")}>${say("Read once more")}</button>
      <p class="hint">${say("Until you close this page.")}</p>`}
  </div></main></div>`;
}
