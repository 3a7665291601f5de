/** A board: the questions, the sections with their cards, and the composer while it may be written on. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row, sections as sectionsOf, sessionOf } from "../lib/select.js";
import { BoardCard } from "./card.js";
import { Composer } from "./composer.js";
import { cardsOf } from "./here.js";

const GRACE_MS = 5 * 60 * 1000;

/** Whether cards are taken: "open", "late" (the work ended a moment ago) or "closed". */
function taking({ store, line, over }, session) {
  if (over) return "closed";
  const work = row(store, "steps", `${session.id}/work`);
  if (work?.state === "open") return "open";
  return work?.closed_at && line.clock() - work.closed_at < GRACE_MS ? "late" : "closed";
}

/** `titled` where nothing above says which session this is. */
export function Board({ here, board, tell, titled }) {
  const { store, pick, line } = here;
  const session = sessionOf(store, board);
  const all = cardsOf(here, board);
  const sections = sectionsOf(store, session.id).map(({ id, title, limit, per }) => {
    const cards = all.filter((c) => c.state === "on" && c.section === id);
    const counted = per === "person" ? cards.filter((c) => line.mine.cards.has(c.id) || c.ask === c.id) : cards;
    return { id, title: pick(title), limit, per, cards, count: counted.filter((c) => !c.error || c.ask !== c.id).length };
  });
  const [section, choose] = useState(sections[0]?.id);
  const [text, setText] = useState(line.outbox.drafts.get(board) ?? "");
  const type = (words) => {
    setText(words);
    line.outbox.keepDraft(board, words);
  };
  const time = taking(here, session);
  const again = (card) => {
    type(card.text);
    choose(card.section);
    line.outbox.remove(card.ask);
  };
  const shared = { here, session, again, tell, writing: time !== "closed" };
  const aside = all.filter((c) => c.state === "parked" || (c.state === "withdrawn" && line.mine.cards.has(c.id)));
  return html`
    <main class="p-main" data-g=${here.group?.label[0]}>
      ${titled && html`<h1 class="title">${pick(session.title)}</h1>`}
      <${Questions} here=${here} session=${session} />
      ${sections.map((s) => html`<section key=${s.id}>
        <div class="rowhead"><h2>${sections.length > 1 ? s.title : say("Cards")}</h2><span>${counted(s)}</span></div>
        <ul class="cards" aria-live="polite" aria-relevant="additions">
          ${s.cards.map((card, n) => html`<${BoardCard} key=${card.id} card=${card} ...${shared}
            before=${n > 0 && { above: s.cards[n - 2]?.id }} after=${s.cards[n + 1]} />`)}
        </ul>
        ${s.cards.length === 0 && html`<p class="hint empty">${say("No card yet.")}</p>`}
      </section>`)}
      ${aside.length > 0 && html`<details class="aside"><summary>${say("Parked and withdrawn")} (${aside.length})</summary>
        <ul class="cards">${aside.map((card) => html`<${BoardCard} key=${card.id} card=${card} ...${shared} />`)}</ul>
      </details>`}
      ${time === "closed" && html`<p class="hint">${say("This board is closed. You can still read it.")}</p>`}
    </main>
    ${(time === "open" || (time === "late" && text)) && html`<${Composer} key=${board} late=${time === "late"}
      ...${{ here, board, sections, section, choose, text, type, tell }} />`}`;
}

const counted = ({ count, limit, per, cards }) => (limit == null ? many(cards.length, "{n} card", "{n} cards")
  : per === "person" ? say("{n} of your {limit}", { n: count, limit }) : say("{n} of {limit}", { n: count, limit }));

export function Questions({ here: { pick }, session }) {
  const questions = session.questions.map(pick);
  if (!questions.length) return html`<h2 class="q">${pick(session.title)}</h2>`;
  const [first] = questions;
  return html`<div class="q"><small>${questions.length > 1 ? say("Questions") : say("Question")}</small>
    ${questions.length > 1 ? html`<ol>${questions.map((q) => html`<li>${q}</li>`)}</ol>` : first}</div>`;
}
