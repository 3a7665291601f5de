/** Report back: the presenting group owns the side, its cards the wall; the card that is meant is the largest. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { echoes, groups as groupsOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { Card } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { groupName, Shape, shapeName } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { pagesOf, useFit, usePage } from "./fit.js";
import { Clock, Head, Pages } from "./frame.js";
import { groupTitle } from "./groups.js";
import { boardOf, languagesOf, namesIn, threadsIn, translationsOf } from "./rows.js";

const [LINES, LINES_BESIDE_ONE] = [50, 16];

export function Report({ store, session, step, lang, clock }) {
  const presenting = row(store, "presenting", session.id);
  const board = presenting?.board;
  if (!board) return html`<${Order} ...${{ store, session, step, lang, clock, presenting }} />`;
  const group = row(store, "groups", board);
  return html`<div class="scene rb" data-g=${group?.label[0]}>
    <${Side} ...${{ store, session, group, step, lang, clock }} />
    <${Board} key=${`${board} ${presenting.card}`} ...${{ store, session, lang, clock, presenting }} />
  </div>`;
}

function Side({ store, session, group, step, lang, clock }) {
  const words = (text) => pick(text, lang, languagesOf(store));
  const reports = group && namesIn(store, group.id).find((n) => n.rapporteur);
  const task = group && session.assignments[group.label];
  const name = group ? groupTitle(store, session, group, lang) || shapeName(group.label) : words(session.title);
  const does = reports ? html`<bdi>${reports.name}</bdi> ${say("reports back")}` : say("reports to everyone");
  return html`<section class="side" aria-label=${say("Presenting now")}>
    ${group && html`<${Shape} label=${group.label} blank name=${groupName(group.label)} />`}
    <h1 dir="auto">${name}</h1>
    <p>${group ? does : say("Everybody’s board")}</p>
    ${task && html`<p class="task" dir="auto">${words(task)}</p>`}
    <${Clock} store=${store} step=${step} clock=${clock} />
  </section>`;
}

function Board({ store, session, lang, clock, presenting }) {
  const { board, card: meant } = presenting;
  const fit = useFit(5);
  const words = (text) => pick(text, lang, languagesOf(store));
  const all = boardOf(store, session.id, board);
  const holds = ({ cards }) => cards.some((card) => card.id === meant);
  const pages = meant ? pagesOf(all.filter(holds), LINES_BESIDE_ONE) : pagesOf(all, LINES);
  const turning = usePage(pages.length, clock);
  const page = meant ? Math.max(pages.findIndex((sections) => sections.some(holds)), 0) : turning;
  const widest = Math.max(1, ...pages[page].map(({ cards }) => cards.length));
  const { questions, title, kind } = session;
  const heading = questions.length === 1 ? questions[0] : kind === "groups" ? title : "";
  const draw = (card) => html`<${Card} key=${card.id} card=${card} lang=${lang} now=${card.id === meant}
    both=${card.id === meant} translations=${translationsOf(store, card.id)} echoes=${echoes(store, card.id)} />`;
  return html`<div class="shown">
    ${heading && html`<h2 dir="auto">${words(heading)}</h2>`}
    <div class="boards ${meant ? "one" : ""}" ref=${fit} data-cols=${columns(widest)}>
      ${pages[page].map(({ section, cards }) => html`<section key=${section.id}>
        ${(all.length > 1 || meant) && html`<h3 dir="auto">${words(section.title)}</h3>`}
        ${meant && html`<ul class="meant">${cards.filter((card) => card.id === meant).map(draw)}</ul>`}
        <ul class="wall">${cards.filter((card) => card.id !== meant).map(draw)}</ul>
      </section>`)}
      ${!all.length && html`<p class="none">${say("No cards on this board.")}</p>`}
    </div>
    <footer>
      ${kind === "groups" && html`<${InOrder} store=${store} presenting=${presenting} />`}
      <${Threads} store=${store} session=${session} />
      <${Pages} page=${page} count=${pages.length} />
    </footer>
  </div>`;
}

const columns = (cards) => (cards <= 3 ? cards : cards <= 6 ? 3 : 4);

/** How many cards people have tied to their own: it grows while everybody watches, which is why they do it. */
function Threads({ store, session }) {
  const n = threadsIn(store, session.id);
  return n > 0 && html`<p class="threads num"><${Icon} name="echo" />
    ${many(n, "{n} thread between our cards", "{n} threads between our cards")}</p>`;
}

/** The order of the groups, small: those done are ticked, the one that presents is framed. */
function InOrder({ store, presenting }) {
  const { done } = presenting;
  return html`<span>${say("Order of groups")}</span>
    <ol class="order">${presenting.order.map((board) => {
      const label = row(store, "groups", board)?.label;
      if (!label) return null;
      const state = board === presenting.board ? "now" : done.includes(board) ? "done" : "";
      const said = { now: say("presenting"), done: say("has reported"), "": "" }[state];
      return html`<li key=${board} class=${state}>
        <${Shape} label=${label} name=${[groupName(label), said].filter(Boolean).join(", ")} /></li>`;
    })}</ol>`;
}

/** Between two groups: who has presented, who comes next. */
function Order({ store, session, step, lang, clock, presenting }) {
  const done = presenting?.done ?? [];
  const groups = groupsOf(store, session.id);
  const order = (presenting?.order ?? []).map((id) => row(store, "groups", id)).filter(Boolean);
  const next = order.find((group) => !done.includes(group.id));
  return html`<div class="scene next">
    <${Head} over=${pick(session.title, lang, languagesOf(store))} store=${store} step=${step} clock=${clock}
      title=${order.length && !next ? say("Every group has reported") : say("Report back")}
      note=${order.length ? "" : say("Every group shows its cards to everybody.")} />
    <ol class="queue" data-n=${Math.min(order.length || groups.length, 12)}>
      ${(order.length ? order : groups).map((group) => {
        const state = done.includes(group.id) ? "done" : group === next ? "upnext" : "";
        return html`<li key=${group.id} class=${state} data-g=${group.label[0]}>
          <${Shape} label=${group.label} />
          <h2>${shapeName(group.label)}</h2>
          <p>${{ done: say("has reported"), upnext: say("comes next") }[state]}</p>
        </li>`;
      })}
    </ol>
    <footer><${Threads} store=${store} session=${session} /></footer>
  </div>`;
}
