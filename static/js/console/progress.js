/** How far each group is: its cards, when the last one came, and who has gone quiet. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { cards as cardsOf, sections as sectionsOf } from "../lib/select.js";
import { letterOf, Shape, shapeName } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { useSeconds } from "../parts/timer.js";
import { QUIET_MS } from "./activity.js";
import { boardsOf } from "./course.js";
import { useHere } from "./here.js";
import { ago, groupTitle } from "./names.js";

const MOST = 24;
const TICKING = { running: true, left_ms: 0, set_at: 0 };

/** `open`: people are writing now, so that quiet groups are flagged. */
export function Progress({ session, open }) {
  const { clock } = useHere();
  const at = Math.floor(useSeconds(TICKING, clock) / 10_000) * 10_000;
  return html`<table class="progress">
    <caption class="sr">${say("Progress of each group")}</caption>
    <thead><tr><th scope="col">${say("Group")}</th><th scope="col">${say("Cards")}</th>
      <th scope="col">${say("Last card")}</th><th scope="col"><span class="sr">${say("Board")}</span></th></tr></thead>
    <tbody>${boardsOf(useHere().store, session).map((board) => html`
      <${Row} key=${board.id} board=${board} session=${session} at=${Math.max(at, 0)} open=${open} />`)}</tbody>
  </table>`;
}

function Row({ board, session, at, open }) {
  const { store, lang, languages, heard, go } = useHere();
  const cards = cardsOf(store, board.id);
  const { ms, known, ...since } = heard.of(board.id, at);
  const quiet = open && since.quiet;
  const assignment = pick(session.assignments[board.label], lang, languages);
  const place = pick(board.place, lang, languages);
  const name = board.label
    ? (board.title ? groupTitle(board, { store, lang, languages }) : place || shapeName(board.label))
      : say("Everybody");
  return html`<tr class=${quiet ? "quiet" : ""}>
    <th scope="row"><span class="who">${board.label && html`<${Shape} label=${board.label} />`}
      <span><b dir="auto">${name}</b>
        ${board.label && html`<small>${many(board.size, "{n} person", "{n} people")}</small>`}
        ${assignment && html`<small dir="auto">${assignment}</small>`}</span></span></th>
    <td><${Chips} cards=${cards} session=${session} label=${board.label} /></td>
    <td class="last">
      ${cards.length === 0 && !known ? say("no card yet") : known || ms >= QUIET_MS ? lastCard(ms, known) : "–"}
      ${quiet && html`<small class="flag">${say("quiet")}</small>`}</td>
    <td><button type="button" class="btn quiet sm" onClick=${() => go(`board/${board.id}`)}>${say("Open board")}
      ${board.label && html`<span class="sr">${say("of group {label}", { label: board.label })}</span>`}</button></td>
  </tr>`;
}

const lastCard = (ms, known) => (known ? ago(ms) : say("more than {n} min ago", { n: Math.floor(ms / 60_000) }));

/** One chip a card, section by section; the numbers say it again. */
function Chips({ cards, session, label }) {
  const { store, lang, languages } = useHere();
  const sections = sectionsOf(store, session.id).map((section) => ({
    section, n: cards.filter((card) => card.section === section.id).length,
  }));
  const told = sections.map(({ section, n }) => {
    const title = pick(section.title, lang, languages);
    return section.limit && section.per === "group" ? say("{title}: {n} of {limit}", { title, n, limit: section.limit })
      : say("{title}: {n}", { title, n });
  });
  return html`<span class="chips" data-g=${label && letterOf(label)} title=${told.join("\n")}>
    <b class="num">${cards.length}</b>
    ${cards.length <= MOST && sections.map(({ section, n }) => html`<span key=${section.id} aria-hidden="true">
      ${Array.from({ length: n }, (_, i) => html`<i key=${i}></i>`)}</span>`)}
    <span class="sr">${told.join(", ")}</span></span>`;
}
