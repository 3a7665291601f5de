/** The facilitator's console: one link, one page, drawn anew with every change. */

import { html, render, useState } from "../vendor/preact.js";
import { makeActivity } from "./console/activity.js";
import { Agenda } from "./console/agenda.js";
import { Bar } from "./console/bar.js";
import { Here } from "./console/here.js";
import { ICONS } from "./console/icons.js";
import { Middle, stepShown } from "./console/now.js";
import { Room } from "./console/room.js";
import { did, joined, lost, none, turned } from "./lib/history.js";
import { lang, refusal, say } from "./lib/say.js";
import { openStep, workshop as workshopOf } from "./lib/select.js";
import { connect } from "./lib/socket.js";
import { rows } from "./lib/tables.js";
import { learn } from "./parts/icons.js";
import { Net } from "./parts/net.js";
import { DEFAULTS, LEADS } from "./protocol.js";

const app = document.getElementById("app");
const { workshop, as: link, address } = app.dataset;
const heard = makeActivity();
learn(ICONS);
Object.assign(DEFAULTS, LEADS);
const kept = `history/${link}`;
let past = JSON.parse(sessionStorage.getItem(kept)) ?? none();
let known = null;
let presence = null;

const line = connect({ workshop, as: link, changed, heard: (signal) => {
  if (signal.kind !== "presence") return;
  presence = signal;
  draw();
} });

function changed() {
  if (line.reversible !== known && line.net === "connected") {
    remember(joined(past, line.reversible));
    known = line.reversible;
  }
  if (line.store.live) heard.look(rows(line.store, "cards"), openStep(line.store)?.id, line.clock());
  draw();
}

function remember(history) {
  past = history;
  sessionStorage.setItem(kept, JSON.stringify(past));
}

/** The tables with a row of event `seq`. */
const touched = (seq) => Object.entries(line.store.tables)
  .filter(([, table]) => Object.values(table).some((row) => row.seq === seq)).map(([name]) => name);

async function ask(command) {
  const before = line.store.cursor;
  const answer = await line.ask(command);
  if (answer.ok) remember(did(past, { seq: answer.seq, kind: command.kind, before, tables: touched(answer.seq) }));
  draw();
  return answer;
}

/** Undo, or (`back` = "redo") redo, asking with `with_` so that a refusal is said where the button is. */
async function turn(with_, back) {
  const answer = await with_({ kind: "Undo", event: past[back].at(-1).seq });
  if (answer.ok) remember(turned(past, answer.seq, back));
  else if (["changed-since", "cannot-undo"].includes(answer.error?.code)) remember(lost(past, back));
  draw();
}

/** What the middle shows stands in the address, so that the browser's Back goes back. */
function viewNow() {
  const [page, ...id] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { page, id: id.join("/") };
}

function go(path) {
  if (decodeURIComponent(location.hash.slice(1)) === path) return;
  location.hash = path;
}

function Console({ here }) {
  const [side, show] = useState("");
  const shown = here.view.page === "" || here.view.page === "step" ? stepShown(here.store, here.view) : null;
  const wide = shown?.step === "themes";
  const choose = (event) => event.target.closest(".agenda button") && show("");
  return html`<${Here.Provider} value=${here}>
    <a class="skip" href="#middle" onClick=${skip}>${say("Skip to the current step")}</a>
    <div class="console" data-side=${side} data-wide=${wide ? "" : undefined} onClick=${choose}>
      <${Bar} side=${side} show=${show} />
      <${Agenda} />
      <main class="middle" id="middle" tabindex="-1"><${Middle} /></main>
      <${Room} />
    </div>
  <//>`;
}

const skip = (event) => {
  event.preventDefault();
  document.getElementById("middle").focus();
};

function Waiting() {
  return html`<div class="console-waiting">${line.error ? html`<p class="note" role="alert">${refusal(line.error)}</p>`
    : html`<${Net} state=${line.net} />`}</div>`;
}

function draw() {
  const { store, net, clock } = line;
  if (line.error || !workshopOf(store)) return render(html`<${Waiting} />`, app);
  const languages = workshopOf(store).working_languages;
  render(html`<${Console} here=${{
    store, net, clock, lang, languages, ask, link, workshop, address, presence, heard, past, turn, view: viewNow(), go,
  }} />`, app);
}

addEventListener("hashchange", draw);
draw();
