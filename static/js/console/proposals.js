/** The joint proposals: written, said to whom, resting on themes, shown when ready. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Refused, useAsk } from "./asking.js";
import { unseen } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { Writing } from "./proposal.js";
import { titleOf } from "./titles.js";

const byPos = (a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1);

export function Proposals() {
  const { store } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [open, write] = useState("");
  const [asking, confirm] = useState(false);
  const all = rows(store, "proposals").sort(byPos);
  const standing = all.filter((proposal) => !proposal.withdrawn);
  const waiting = unseen(store);
  const show = async () => {
    await ask({ kind: "ShowProposals" });
    confirm(false);
  };
  return html`<section class="page joint">
    <header><h2>${say("Joint proposals")}</h2>
      ${standing.length > 0
        && (waiting.length ? html`<button type="button" class="btn alt sm" onClick=${() => confirm(true)}>
          ${say("Show to everybody")}</button>`
        : html`<span class="tag sure">${say("Everybody sees them")}</span>`)}</header>
    <${Refused} refused=${refused} />
    ${all.length === 0 && open !== "new" && html`<p class="lead">
      ${say("A proposal says what you ask for together, of whom, and why. It rests on the themes.")}</p>`}
    <ol>${all.map((proposal) => (open === proposal.id
      ? html`<li key=${proposal.id}><${Writing} proposal=${proposal} close=${() => write("")} /></li>`
      : html`<${Proposal} key=${proposal.id} proposal=${proposal} edit=${() => write(proposal.id)} />`))}</ol>
    ${open === "new" ? html`<${Writing} close=${() => write("")} />`
      : html`<button type="button" class="btn" onClick=${() => write("new")}><${Icon} name="add" />
        ${say("Write a proposal")}</button>`}
    ${asking && html`<${Confirm} title=${say("Show the proposals to everybody?")} yes=${say("Show to everybody")}
      busy=${busy} onYes=${show} onNo=${() => confirm(false)}>
      <${Showing} proposals=${waiting} /><//>`}
  </section>`;
}

function Proposal({ proposal, edit }) {
  const here = useHere();
  const [ask, { refused }] = useAsk();
  const themes = proposal.themes.map((id) => row(here.store, "themes", id)).filter(Boolean);
  return html`<li class="proposal ${proposal.withdrawn ? "withdrawn" : ""}">
    <p class="statement" dir="auto" lang=${proposal.lang}>${proposal.statement ?? say("These words were erased.")}</p>
    ${proposal.rationale?.length > 0 && html`<ul class="why">
      ${proposal.rationale.map((line, n) => html`<li key=${n} dir="auto">${line}</li>`)}</ul>`}
    <p class="marks">${proposal.to.map((to) => html`<span class="tag" key=${to} dir="auto">${to}</span>`)}
      ${themes.map((theme) => html`<span class="rests" key=${theme.id} dir="auto">${titleOf(theme, here).text}</span>`)}
      ${!themes.length && !proposal.cards.length && html`<span class="hint">${say("rests on no theme yet")}</span>`}</p>
    <div class="row">
      ${proposal.withdrawn ? html`<span class="tag">${say("taken out")}</span>` : html`<button type="button"
        class="btn alt sm" onClick=${edit}>${say("Edit")}</button>`}
      <button type="button" class="btn quiet sm"
        onClick=${() => ask({ kind: "WithdrawProposal", proposal: proposal.id, withdrawn: !proposal.withdrawn })}>
        ${proposal.withdrawn ? say("Bring back") : say("Take out")}</button></div>
    <${Refused} refused=${refused} />
  </li>`;
}

/** What showing these proposals would show besides: all themes of the sessions they rest on, with their cards. */
export function showing(store, proposals) {
  const named = new Set(proposals.flatMap((p) => p.themes).map((id) => row(store, "themes", id)?.session));
  const themes = rows(store, "themes").filter((theme) => named.has(theme.session) && theme.audience !== "all");
  const there = new Set(themes.map((theme) => theme.id));
  const held = rows(store, "members").filter((member) => there.has(member.theme)).map((member) => member.id);
  const cards = [...new Set([...held, ...proposals.flatMap((p) => p.cards)])].map((id) => row(store, "cards", id));
  return { themes, cards: cards.filter((card) => card && card.audience !== "all") };
}

/** The same in sentences. */
export function Showing({ proposals }) {
  const { store } = useHere();
  const { themes, cards } = showing(store, proposals);
  return html`<p>${many(proposals.length, "{n} proposal becomes visible.", "{n} proposals become visible.")}</p>
    ${themes.length > 0 && html`<p>
      ${many(themes.length, "So does {n} theme of the sessions that they rest on.",
        "So do {n} themes of the sessions that they rest on.")}</p>`}
    ${cards.length > 0 && html`<p><b>
      ${many(cards.length, "{n} card that only its group has seen becomes visible:",
        "{n} cards that only their groups have seen become visible:")}</b></p>
      <ul class="becoming">
        ${cards.map((card) => html`<li key=${card.id} dir="auto" lang=${card.lang}>${card.text}</li>`)}</ul>`}
    <p>${say("What everybody has seen cannot be taken back.")}</p>`;
}
