/** A group's board: read it, write for people without a phone, mend what is there. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { cards as cardsOf, echoes, seats as seatsOf, sections as sectionsOf, sessionOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Shape } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { BoardCard } from "./card.js";
import { Choose } from "./choose.js";
import { takesFocus } from "./focus.js";
import { useHere } from "./here.js";
import { LanguageSelect } from "./language.js";
import { groupTitle, nameOf } from "./names.js";

/** The page of one board, with the way back. */
export function BoardPage({ board }) {
  const { store, lang, languages, go } = useHere();
  const group = row(store, "groups", board);
  const session = sessionOf(store, board);
  if (!session) return html`<p>${say("There is no such board.")}</p>`;
  return html`<section class="page board-page">
    <button type="button" class="btn quiet sm" onClick=${() => go("")}><${Icon} name="back" flip=${true} />
      ${say("Back to now")}</button>
    <header>${group && html`<${Shape} label=${group.label} />`}
      <div><p class="over" dir="auto">${pick(session.title, lang, languages)}</p>
        <h2>${group ? groupTitle(group, { store, lang, languages }) : say("Everybody’s board")}</h2></div></header>
    ${group && html`<${Members} group=${group} session=${session} />`}
    <${Board} board=${board} session=${session} />
  </section>`;
}

function Members({ group, session }) {
  const { store, lang, languages } = useHere();
  const [ask, { refused }] = useAsk();
  const seats = seatsOf(store, group.id);
  const reporting = seats.find((seat) => seat.rapporteur);
  const assignment = pick(session.assignments[group.label], lang, languages);
  return html`<div class="members">
    ${assignment && html`<p dir="auto"><b>${say("Works on: {topic}", { topic: assignment })}</b></p>`}
    <p>${seats.map((seat, n) => html`${n > 0 && ", "}<bdi key=${seat.id}>${nameOf(store, seat.person)}</bdi>`)}</p>
    <div class="fields">
      <label><span class="label">${say("Where they sit")}</span>
        <input class="field" dir="auto" maxlength="80" placeholder=${say("by the window")}
          value=${pick(group.place, lang, languages)}
          onChange=${(event) => ask({ kind: "PlaceGroup", group: group.id, place: event.currentTarget.value })} />
            </label>
      ${seats.length > 0 && html`<${Choose} label=${say("Reports back")} named value=${reporting?.person ?? ""}
        onChoose=${(person) => ask({ kind: "SetRapporteur", group: group.id, person })}>
          ${!reporting && html`<option value="" disabled>${say("nobody yet")}</option>`}
          ${seats.map((seat) => html`<option key=${seat.person} value=${seat.person}>
            ${nameOf(store, seat.person)}</option>`)}<//>`}
    </div>
    <${Refused} refused=${refused} />
  </div>`;
}

/** The board itself: its sections side by side, what was taken off below. */
export function Board({ board, session }) {
  const { store } = useHere();
  const sections = sectionsOf(store, session.id);
  const cards = cardsOf(store, board);
  const off = [...cardsOf(store, board, "parked"), ...cardsOf(store, board, "withdrawn")];
  return html`<div class="board">
    <div class="sections">
      ${sections.map((section) => html`<${SectionColumn} key=${section.id} section=${section} sections=${sections}
      board=${board} cards=${cards.filter((c) => c.section === section.id)} />`)}</div>
    ${off.length > 0 && html`<details class="off"><summary>
      ${many(off.length, "{n} card is parked or withdrawn", "{n} cards are parked or withdrawn")}</summary>
      <ul class="cards">
        ${off.map((card) => html`<${BoardCard} key=${card.id} card=${card} sections=${sections} cards=${[]} />`)}</ul>
    </details>`}
  </div>`;
}

function SectionColumn({ section, sections, board, cards }) {
  const { store, lang, languages } = useHere();
  const full = section.per === "group" && section.limit !== null && cards.length >= section.limit;
  const title = pick(section.title, lang, languages);
  return html`<section class="section">
    <h3><span dir="auto">${title}</span> <span class="num count">${section.limit && section.per === "group"
      ? say("{n} of {limit}", { n: cards.length, limit: section.limit }) : cards.length}</span></h3>
    <ul class="cards">
      ${cards.map((card) => html`<${BoardCard} key=${card.id} card=${card} sections=${sections} cards=${cards}
      echoes=${echoes(store, card.id)} />`)}</ul>
    ${full ? html`<p class="hint">${say("Full: withdraw or park a card to make room.")}</p>`
      : html`<${Write} board=${board} section=${section} title=${title} />`}
  </section>`;
}

function Write({ board, section, title }) {
  const { languages } = useHere();
  const [ask, { refused }] = useAsk();
  const [open, toggle] = useState(false);
  const [text, write] = useState("");
  const [language, speak] = useState(languages[0]);
  if (!open) {
    return html`<button type="button" class="btn quiet sm" onClick=${() => toggle(true)}><${Icon} name="add" />
      ${say("Write a card")}
      <span class="sr">${title}</span></button>`;
  }
  const send = async (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    const answer = await ask({ kind: "AddCard", board, section: section.id, text, lang: language });
    if (answer.ok) write("");
  };
  return html`<form class="write" onSubmit=${send}>
    <label><span class="sr">${say("Words of the card for {section}", { section: title })}</span>
      <textarea class="field" rows="2" maxlength="1000" dir="auto" ref=${takesFocus} value=${text}
        onInput=${(event) => write(event.currentTarget.value)}></textarea></label>
    <div class="row"><${LanguageSelect} value=${language} onChange=${speak} />
      <button class="btn sm" disabled=${!text.trim()}>${say("Add")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => toggle(false)}>${say("Close")}</button></div>
    <${Refused} refused=${refused} />
  </form>`;
}
