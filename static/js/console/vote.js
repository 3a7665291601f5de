/** Voting with dots: opening a vote, how many have voted, and what came out. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { themes as themesOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { choicesOf } from "../stage/rows.js";
import { turnout } from "../stage/vote.js";
import { Refused, useAsk } from "./asking.js";
import { openVote, votable } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { sorted } from "./sorting.js";
import { titleOf } from "./titles.js";

const [FEWEST, MOST, USUAL] = [1, 20, 3];

/** On the merge board: the button for a vote on the session's themes, how it goes, and what came of the votes so far. */
export function VoteKey({ session }) {
  const { store } = useHere();
  const [asking, ask] = useState(false);
  const open = openVote(store);
  const votes = rows(store, "votes").filter((vote) => vote.session === session.id && !vote.open);
  return html`${open ? html`<span class="tag num" role="status">${turnout(store, open)}</span>`
    : html`<button type="button" class="btn alt sm" disabled=${!themesOf(store, session.id).length}
      onClick=${() => ask(true)}>${say("Vote with dots")}</button>`}
    ${votes.map((vote, n) => html`<details key=${vote.id} class="voted">
      <summary>${votes.length > 1 ? say("Vote {n}", { n: n + 1 }) : say("Vote")}</summary>
      <${Totals} vote=${vote} /></details>`)}
    ${asking && html`<${OpenVote} session=${session} onClose=${() => ask(false)} />`}`;
}

/** What belongs to the step `vote`. */
export function Voting({ session }) {
  const { store } = useHere();
  const [asking, ask] = useState(false);
  const open = openVote(store);
  const about = votable(store, session);
  const votes = rows(store, "votes").filter((vote) => vote.session === (about ?? session).id && !vote.open).reverse();
  return html`<div class="voting">
    ${open && html`<p class="lead num" role="status">${turnout(store, open)}</p><${Totals} vote=${open} />`}
    ${!open && !about && html`<p class="lead">${say("There is no confirmed theme to vote on yet.")}</p>`}
    ${votes.map((vote) => html`<${Totals} key=${vote.id} vote=${vote} />`)}
    ${!open && about && votes.length > 0 && html`<p><button type="button" class="btn alt sm" onClick=${() => ask(true)}>
      ${say("Vote once more")}</button></p>`}
    ${asking && html`<${OpenVote} session=${about} onClose=${() => ask(false)} />`}
  </div>`;
}

/** The choices of a vote; once it is closed, with their dots, most first. */
function Totals({ vote }) {
  const here = useHere();
  const all = choicesOf(here.store, vote);
  const most = Math.max(1, ...all.map((choice) => choice.n));
  return html`<div class="totals">
    <p class="hint">${!vote.open && many(vote.voted, "{n} person voted", "{n} people voted")}${!vote.open && " · "}
      ${many(vote.dots, "{n} point for each person", "{n} points for each person")}</p>
    <ol>${all.map((choice) => {
      const title = titleOf(choice, here);
      return html`<li key=${choice.id} style=${vote.open ? undefined : { "--share": choice.n / most }}>
        <span dir="auto" lang=${title.lang}>${title.text}</span>
        ${!vote.open && html`<b class="num">${choice.n}</b>`}</li>`;
    })}</ol></div>`;
}

/** What is voted on, and with how many points; themes that aren't shown yet are shown first. */
export function OpenVote({ session, onClose }) {
  const here = useHere();
  const { store } = here;
  const [ask, { busy, refused }] = useAsk();
  const [dots, give] = useState(USUAL);
  const themes = themesOf(store, session.id);
  const [chosen, choose] = useState(() => new Set(themes.filter((t) => t.state === "confirmed").map((t) => t.id)));
  const choices = themes.filter((theme) => chosen.has(theme.id));
  const hidden = choices.some((theme) => theme.audience !== "all");
  const toggle = (id) => choose((now) => {
    const next = new Set(now);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  const open = { kind: "OpenVote", session: session.id, dots, choices: choices.map((theme) => theme.id) };
  const go = async () => {
    const answer = await ask(...(hidden ? [{ kind: "ShowThemes", session: session.id }] : []), open);
    if (answer.ok) onClose();
  };
  return html`<${Confirm} title=${say("Vote with dots")} yes=${hidden ? say("Show the themes and open the vote") : say("Open the vote")}
      busy=${busy || !choices.length || !(dots >= FEWEST && dots <= MOST)} onYes=${go} onNo=${onClose}>
    <p>${say("People give points to the themes on their phones. Nobody sees the totals until you close the vote.")}</p>
    <div class="row"><label class="label" for="vote-dots">${say("Points for each person")}</label>
    <input class="field sm dots" id="vote-dots" type="number" min=${FEWEST} max=${MOST} step="1" inputmode="numeric" value=${dots}
      onInput=${(event) => give(event.currentTarget.valueAsNumber)} /></div>
    <fieldset class="choices"><legend class="label">${say("What is voted on")}</legend>
      ${themes.map((theme) => html`<label class="check" key=${theme.id}>
        <input type="checkbox" checked=${chosen.has(theme.id)} onChange=${() => toggle(theme.id)} />
        <span dir="auto">${titleOf(theme, here).text}</span>
        ${theme.state !== "confirmed" && html`<small>${say("not confirmed: not printed in the report")}</small>`}</label>`)}
    </fieldset>
    ${hidden && html`<${Hidden} session=${session} />`}
    <${Refused} refused=${refused} /><//>`;
}

/** That themes must be shown first, and what else that shows. */
function Hidden({ session }) {
  const { store } = useHere();
  const { themes, dropped, hidden } = sorted(store, session);
  const all = themes.length + dropped.length;
  const label = (card) => row(store, "groups", card.board)?.label;
  return html`<p class="note">${say("People can only vote on what they see. So the themes are shown first.")}</p>
    <p>${many(all, "{n} theme of this session is seen by everybody from then on, and every change of it.",
      "{n} themes of this session are seen by everybody from then on, and every change of them.")}
      ${" "}${say("What everybody has seen cannot be taken back.")}</p>
    ${hidden.length > 0 && html`<details><summary>
      ${many(hidden.length, "{n} card that only its group has seen becomes visible:",
      "{n} cards that only their groups have seen become visible:")}</summary>
      <ul class="becoming">${hidden.map((card) => html`<li key=${card.id} dir="auto" lang=${card.lang}>
        ${label(card) && `${label(card)} – `}${card.text}</li>`)}</ul></details>`}`;
}
