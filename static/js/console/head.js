/** The head of the merge board: what was compared, what the program would do, showing the themes to everybody. */

import { html, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { groupName, Shape } from "../parts/shape.js";
import { languageName, pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { boardsOf } from "./course.js";
import { Confirm } from "./dialog.js";
import { Again } from "./finding.js";
import { useHere } from "./here.js";
import { countThreads } from "./threads.js";
import { TranslateThem } from "./translating.js";
import { VoteKey } from "./vote.js";

/** `only`: the boards that count, null for all, changed with `count`; `help(true)` opens the suggestions; `children`:
 * what else belongs up there (the timer and the next step). */
export function MergeHead({ session, board, only, count, helping, help, children }) {
  const { store, lang, languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [asking, confirm] = useState("");
  const all = [...board.themes, ...board.dropped];
  const sought = row(store, "comparisons", session.id);
  const shown = all.some((theme) => theme.audience === "all");
  const open = board.themes.filter((theme) => theme.state === "proposed").length;
  const act = async (command) => (await ask(command)).ok && confirm("");
  const find = (finer) => act({ kind: "FindThemes", session: session.id, finer });
  const threads = countThreads(store, board.cards);
  const button = (words, onClick, more) => html`<button type="button" class="btn alt sm" onClick=${onClick} ...${more}>
    ${words}</button>`;
  return html`<header class="merge-head">
    <div><h2 dir="auto">${pick(session.title, lang, languages)}</h2>
      <p class="num">
        ${many(board.cards.length, "{n} card", "{n} cards")}${session.kind !== "plenary"
          && html`, ${many(board.writing.length, "{n} group", "{n} groups")}`}${
        threads > 0 && html` · ${many(threads, "{n} thread between cards", "{n} threads between cards")}`}${
        board.themes.length > 0
          && html` · ${open ? many(open, "{n} theme to confirm", "{n} themes to confirm") : say("all confirmed")}`}</p>
      ${sought && !all.length && html`<p class="hint">
        ${say("The program found nothing that several cards say. Sort them by hand.")}</p>`}
      </div>
    ${children}
    <div class="below"><${Counting} ...${{ session, board, only, count }} /><${Compared} session=${session} /></div>
    <div class="keys">
      ${!all.length && (sought || !children) && button(busy ? say("Comparing cards …") : say("Suggest themes"),
        () => find(), { disabled: !board.cards.length })}
      ${all.length > 0 && button(say("Fewer or more themes …"), () => confirm("find"), { disabled: !board.cards.length })}
      ${board.themes.length > 0 && button(say("Suggest again"), () => help(!helping), { "aria-expanded": helping })}
      ${shown ? html`<span class="tag sure">${say("Everybody sees them")}</span>`
        : button(say("Show to everybody"), () => confirm("show"), { disabled: !all.length })}
      <${VoteKey} session=${session} />
    </div>
    <${Refused} refused=${refused} />
    ${asking === "find" && html`<${Again} ...${{ session, board, all, busy, find, close: () => confirm("") }} />`}
    ${asking === "show" && html`<${Confirm} title=${say("Show these themes to everybody?")}
      yes=${say("Show to everybody")} busy=${busy}
        onYes=${() => act({ kind: "ShowThemes", session: session.id })} onNo=${() => confirm("")}>
      <${Showing} all=${all} board=${board} open=${open} /><//>`}
  </header>`;
}

/** In which language cards were compared, and whether all could be. */
function Compared({ session }) {
  const { store, languages } = useHere();
  const found = row(store, "comparisons", session.id);
  if (!found || (languages.length < 2 && found.compared)) return null;
  const language = found.language && languageName(found.language);
  if (found.compared && !language) return null;
  if (found.compared) return html`<p class="hint">${say("Compared in {language}.", { language })}</p>`;
  const others = list(found.uncovered.map(languageName));
  return html`<p class="note compared">
    ${others ? say("Cards in {others} were not compared with the others.", { others })
      : say("The languages could not be compared with each other.")}${" "}
    ${say("Translate cards and suggest again, or sort them by hand.")}</p><${TranslateThem} session=${session} />`;
}

/** Which groups count: all, or some chosen to be compared. It changes nothing. */
function Counting({ session, board, only, count }) {
  const { store } = useHere();
  const written = new Set(board.cards.map((card) => card.board));
  const boards = boardsOf(store, session).filter((one) => one.label && written.has(one.id));
  if (boards.length < 3) return null;
  const turn = (id) => {
    const now = only ?? boards.map((one) => one.id);
    const next = now.includes(id) ? now.filter((other) => other !== id) : [...now, id];
    count(next.length === boards.length || !next.length ? null : next);
  };
  return html`<div class="counting" role="group" aria-label=${say("Groups that count")}>
    ${boards.map(({ id, label }) => html`<button type="button" key=${id} aria-pressed=${!only || only.includes(id)}
      title=${groupName(label)} onClick=${() => turn(id)}><${Shape} label=${label} name=${groupName(label)} /></button>`)}
    ${only && html`<p class="hint" role="status">
      ${say("Lanes for {labels} only. Nothing is changed by it.", { labels: list(board.writing.map((b) => b.label)) })}
      <button type="button" class="btn quiet sm" onClick=${() => count(null)}>${say("All groups")}</button></p>`}
  </div>`;
}

function Showing({ all, board, open }) {
  const { store } = useHere();
  return html`<p>
    ${many(all.length, "{n} theme of this session is seen by everybody from then on, and every change of it.",
      "{n} themes of this session are seen by everybody from then on, and every change of them.")}</p>
    ${open > 0 && html`<p>
      ${many(open, "{n} of them is marked as not confirmed yet.", "{n} of them are marked as not confirmed yet.")}</p>`}
    ${board.hidden.length > 0 && html`<p><b>
      ${many(board.hidden.length, "{n} card that only its group has seen becomes visible:",
      "{n} cards that only their groups have seen become visible:")}</b></p>
      <ul class="becoming">${board.hidden.map((card) => html`<li key=${card.id} dir="auto" lang=${card.lang}>
        ${row(store, "groups", card.board)?.label} – ${card.text}</li>`)}</ul>`}
    <p>${say("What everybody has seen cannot be taken back.")}</p>`;
}
