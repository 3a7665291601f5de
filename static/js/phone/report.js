/** Reporting back: the card that is meant, big; every other group's cards with "we had that too". */

import { html, useState } from "../../vendor/preact.js";
import { many, refusal, say } from "../lib/say.js";
import { cards, echoes, groups, likeliest, row, rows, seatOf, sections } from "../lib/select.js";
import { Words } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { Shape, groupName } from "../parts/shape.js";
import { translationNote, words } from "../parts/text.js";
import { Translate } from "./translate.js";

const FEW = 4;

export function Report({ here, session, tell }) {
  const { store, me, step } = here;
  const now = row(store, "presenting", session.id);
  const on = step?.id === `${session.id}/report-back` ? now?.board : null;
  const all = groups(store, session.id);
  const seat = seatOf(store, session.id, me);
  const mine = all.find((g) => g.id === seat?.group);
  const label = (board) => all.find((g) => g.id === board)?.label;
  const order = all.length ? now?.order ?? [] : [];
  const shared = { here, session, mine, tell };
  const before = all.filter((g) => g.id !== on && g.presented && cards(store, g.id).length);
  return html`<main class="p-main">
    ${on ? html`<${Presented} ...${shared} board=${on} label=${label(on)} meant=${now.card} />`
      : html`<div class="welcome"><h1>${say("The groups report back")}</h1>
        ${step?.step === "themes" && html`<p>${say("What the groups said is being put together. Look at the screen.")}</p>`}
        ${seat?.rapporteur && !mine?.presented && html`<p><b>${say("You report back for your group.")}</b></p>`}
        <p>${say("When another group shows a card that your group had too, say so here.")}</p></div>`}
    ${order.length > 0 && html`<p class="order">${order.map((board) => html`<span key=${board}
      class=${now.done.includes(board) ? "done" : ""} aria-current=${board === on}>
      <${Shape} label=${label(board)} size=${36} name=${groupName(label(board))} /></span>`)}</p>`}
    ${before.map((g) => html`<details key=${g.id} class="aside" open=${!on && g !== mine}><summary>${groupName(g.label)}</summary>
      <${Presented} ...${shared} board=${g.id} label=${g.label} quiet /></details>`)}
  </main>`;
}

function Presented({ here, session, mine, board, label, meant, quiet, tell }) {
  const { store, pick } = here;
  const own = mine?.id === board;
  const all = cards(store, board);
  const big = all.find((c) => c.id === meant);
  const shared = { here, tell, own: mine && !own && !here.over ? cards(store, mine.id) : null };
  return html`
    ${!quiet && html`<div class="band" data-g=${label?.[0]}>${label && html`<${Shape} label=${label} size=${44} blank />`}
      <h1>${own ? say("Your group presents") : label ? say("Group {label} presents", { label }) : say("On the screen now")}</h1></div>`}
    ${big && html`<ul class="heard one"><${Heard} key=${big.id} card=${big} big label=${label} ...${shared} /></ul>`}
    ${sections(store, session.id).map((s) => [s, all.filter((c) => c.section === s.id && c !== big)])
      .filter(([, few]) => few.length).map(([s, few]) => html`<section key=${s.id}><h2>${pick(s.title)}</h2>
        <ul class="heard">${few.map((card) => html`<${Heard} key=${card.id} card=${card} label=${label} ...${shared} />`)}</ul>
      </section>`)}`;
}

/** A presented card. `own`: the cards of one's own group, null where nobody is asked (one's own group presents). */
function Heard({ here, card, big, own, label, tell }) {
  const { line, store, lang } = here;
  const [choosing, choose] = useState(false);
  const [whole, more] = useState(false);
  const waiting = line.outbox.entries.findLast((e) => e.do.card === card.id && /Echo/.test(e.do.kind));
  const said = waiting ? waiting.do.kind === "EchoCard" : line.mine.echoes.has(card.id);
  const shown = words(card, rows(store, "translations"), lang);
  const n = echoes(store, card.id);

  async function ask(command) {
    const answer = await line.ask({ card: card.id, ...command });
    if (!answer.ok) tell(refusal(answer.error));
  }
  const echo = () => {
    choose(own.length > 0);
    ask({ kind: "EchoCard" });
  };
  const which = (id) => {
    choose(false);
    if (id) ask({ kind: "EchoCard", own_card: id });
  };
  const likely = choosing ? likeliest(store, card, own) : [];
  return html`<li class="card ${big ? "big" : ""}" data-g=${label?.[0]}>
    <${Words} shown=${shown} />
    ${shown.from && html`<details class="orig"><summary>${translationNote(shown)}</summary>
      <p dir="auto" lang=${card.lang}>${card.text}</p></details>`}
    ${n > 0 && html`<p class="hint">${many(n, "{n} person had that too", "{n} people had that too")}</p>`}
    <${Translate} here=${here} card=${card} tell=${tell} />
    ${own && !said && html`<button type="button" class="btn ${big ? "" : "alt sm"}" onClick=${echo}>
      <${Icon} name="echo" />${say("We had that too")}</button>`}
    ${own && said && !choosing && html`<p class="said"><span><${Icon} name="check" />${say("You said: we had that too")}</span>
      <button type="button" class="btn quiet sm" onClick=${() => ask({ kind: "TakeBackEcho" })}>${say("Take back")}</button></p>`}
    ${choosing && html`<fieldset class="which"><legend>${say("Which of yours?")}</legend>
      ${(whole ? likely : likely.slice(0, FEW)).map((c) => html`<button type="button" class="pick" key=${c.id} dir="auto"
        onClick=${() => which(c.id)}>${words(c, rows(store, "translations"), lang).text}</button>`)}
      ${!whole && likely.length > FEW && html`<button type="button" class="btn quiet sm" onClick=${() => more(true)}>
        ${say("Show all")}</button>`}
      <button type="button" class="btn quiet sm" onClick=${() => which(null)}>${say("None of these")}</button></fieldset>`}
  </li>`;
}
