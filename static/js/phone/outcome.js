/** What came out: the themes of a session and the joint proposals, once they are shown. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { membersOf, proposals, row, rows, sessionOf, themes } from "../lib/select.js";
import { Words } from "../parts/card.js";
import { Shapes } from "../parts/shape.js";
import { words } from "../parts/text.js";

/** A theme's title: its own, or the words of the card that stands for it. */
export function titleOf({ store, lang }, theme) {
  const card = row(store, "cards", theme.title_card);
  return theme.title ?? (card ? words(card, rows(store, "translations"), lang).text : "") ?? "";
}

export function Themes({ here, session }) {
  const all = themes(here.store, session.id);
  const lanes = { common: say("All groups said it"), shared: say("Some groups said it"), unique: say("One group said it") };
  return html`<main class="p-main"><h1>${say("What came out")}</h1><p class="hint">${here.pick(session.title)}</p>
    ${Object.entries(lanes).map(([lane, title]) => {
      const few = all.filter((t) => t.lane === lane);
      return few.length > 0 && html`<section key=${lane}><div class="rowhead"><h2>${title}</h2>
        <span>${many(few.length, "{n} theme", "{n} themes")}</span></div>
        <ul class="stack">${few.map((t) => html`<${Theme} key=${t.id} here=${here} theme=${t} />`)}</ul></section>`;
    })}
  </main>`;
}

function Theme({ here, theme }) {
  const { store, lang } = here;
  const all = membersOf(store, theme.id);
  const labels = theme.groups.map((board) => row(store, "groups", board)?.label).filter(Boolean);
  return html`<li class="panel ${theme.lane}"><h3 dir="auto">${titleOf(here, theme)}</h3>
    ${labels.length > 0 && html`<${Shapes} labels=${labels} size=${28} />`}
    ${theme.state !== "confirmed" && html`<span class="tag open">${say("Not confirmed yet")}</span>`}
    <details><summary>${many(all.length, "{n} card", "{n} cards")}</summary>
      <ul>${all.map((c) => html`<li key=${c.id}><${Words} shown=${words(c, rows(store, "translations"), lang)} /></li>`)}</ul>
    </details></li>`;
}

export function Proposals({ here }) {
  const { store } = here;
  return html`<main class="p-main"><h1>${say("Joint proposals")}</h1>
    <ol class="stack">${proposals(store).map((p) => html`<li class="panel" key=${p.id}>
      <h2 dir="auto" lang=${p.lang}>${p.statement ?? say("These words were erased.")}</h2>
      ${p.to.length > 0 && html`<p class="hint">${say("To: {names}", { names: p.to.join(", ") })}</p>`}
      ${p.rationale.length > 0 && html`<ul class="why">${p.rationale.map((r) => html`<li dir="auto">${r}</li>`)}</ul>`}
      ${p.themes.map((id) => row(store, "themes", id)).filter(Boolean).map((t) => html`<p class="from" key=${t.id}>
        <span class="hint">${here.pick(sessionOf(store, t.session)?.title)}</span> ${titleOf(here, t)}</p>`)}
    </li>`)}</ol></main>`;
}
