/** Reporting back: who is on the stage, which card is meant, who comes next, and what others had too. */

import { html, useState } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { echoes as echoesOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Card } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { groupName, Shape } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { boardOf, translationsOf } from "../stage/rows.js";
import { Refused, useAsk } from "./asking.js";
import { boardsOf, presentingOf } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { groupTitle, nameOf } from "./names.js";
import { Threads } from "./threads.js";

export function Report({ session }) {
  const { store } = useHere();
  const now = presentingOf(store, session.id);
  const boards = boardsOf(store, session);
  return html`<section class="report">
    ${boards.length > 1 && html`<${Order} session=${session} boards=${boards} now=${now} />`}
    ${now.board ? html`<${OnStage} session=${session} now=${now} />`
      : html`<p class="hint">${say("Nothing is on the stage.")}</p>`}
  </section>`;
}

function Order({ session, boards, now }) {
  const [ask, { refused }] = useAsk();
  const ordered = now.order.length ? now.order : boards.map((board) => board.id);
  const label = (id) => boards.find((board) => board.id === id)?.label ?? "";
  const put = (from, to) => {
    const order = [...ordered];
    order.splice(to, 0, ...order.splice(from, 1));
    ask({ kind: "OrderBoards", session: session.id, order });
  };
  const state = (id) => (id === now.board ? "now" : now.done.includes(id) ? "done" : "");
  return html`<div class="order">
    <h3>${now.order.length ? say("Order of groups") : say("No order yet")}</h3>
    <ol>${ordered
      .map((id, n) => html`<li key=${id} class=${state(id)} aria-current=${id === now.board ? "true" : undefined}>
      <button type="button" class="show" onClick=${() => ask({ kind: "Present", session: session.id, board: id })}
        title=${say("Bring {group} on the stage", { group: groupName(label(id)) })}>
        <${Shape} label=${label(id)} name=${groupName(label(id))} />
          ${state(id) === "done" && html`<${Icon} name="check" />`}</button>
      ${n > 0 && state(id) === "" && state(ordered[n - 1]) === "" && html`<button type="button" class="btn quiet sm"
        onClick=${() => put(n, n - 1)}>
        <${Icon} name="back" flip=${true} /><span class="sr">
          ${say("Group {label} earlier", { label: label(id) })}</span></button>`}
    </li>`)}</ol>
    ${!now.board && !now.done.length && now.order.length > 0 && html`<button type="button" class="btn quiet sm"
      onClick=${() => ask({ kind: "OrderBoards", session: session.id })}>${say("Draw it again")}</button>`}
    <${Refused} refused=${refused} />
  </div>`;
}

function OnStage({ session, now }) {
  const { store, lang, languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [hiding, hide] = useState(false);
  const group = row(store, "groups", now.board);
  const sections = boardOf(store, session.id, now.board);
  const cards = sections.flatMap((part) => part.cards);
  const at = cards.findIndex((card) => card.id === now.card);
  const mean = (card) => ask({ kind: "Present", session: session.id, board: now.board, card: card?.id ?? null });
  const reporter = rows(store, "seats").find((seat) => seat.group === now.board && seat.rapporteur);
  const off = () => ask({ kind: "Present", session: session.id, board: null });
  return html`<div class="on-stage">
    <header>${group && html`<${Shape} label=${group.label} />`}
      <div><h3>${group ? groupTitle(group, { store, lang, languages }) : say("Everybody’s board")}</h3>
        ${reporter && html`<p><bdi>${nameOf(store, reporter.person)}</bdi> ${say("reports back")}</p>`}</div>
      <div class="keys">
        <button type="button" class="btn alt" disabled=${at <= 0} onClick=${() => mean(cards[at - 1])}>
          <${Icon} name="back" flip=${true} />${say("Previous card")}</button>
        <button type="button" class="btn alt" disabled=${at >= cards.length - 1} onClick=${() => mean(cards[at + 1])}>
          ${say("Next card")}<${Icon} name="arrow" flip=${true} /></button>
      </div></header>
    <${Refused} refused=${refused} />
    <div class="sections">${sections.map(({ section, cards }) => html`<section class="section" key=${section.id}>
      <h3 dir="auto">${pick(section.title, lang, languages)}</h3>
      <ul class="cards">
        ${cards.map((card) => html`<${Shown} key=${card.id} card=${card} now=${card.id === now.card}
          mean=${mean} />`)}</ul>
    </section>`)}</div>
    <footer>
      <button type="button" class="btn alt sm" onClick=${off}>${say("Take off the stage")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => hide(true)}>${say("Hide these cards again")}</button>
    </footer>
    ${hiding && html`<${Confirm} title=${say("Hide these cards again?")} yes=${say("Hide them")} busy=${busy}
      onNo=${() => hide(false)}
        onYes=${async () => (await ask({ kind: "HideBoard", board: now.board })).ok && hide(false)}>
      <p>${say("Only their group sees them then. What was seen stays seen.")}</p><//>`}
  </div>`;
}

function Shown({ card, now, mean }) {
  const { store, lang } = useHere();
  const n = echoesOf(store, card.id);
  return html`<${Card} card=${card} translations=${translationsOf(store, card.id)} lang=${lang} now=${now} both=${true}>
    ${!now && html`<button type="button" class="btn quiet sm" onClick=${() => mean(card)}>
      ${say("Show this card")}</button>`}
    <${Threads} card=${card} n=${n} /><//>`;
}
