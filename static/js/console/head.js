/** The head of the merge board: what was compared, a new search, showing the themes to everybody. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { languageName, pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { untouched } from "./sorting.js";
import { TranslateThem } from "./translating.js";

/** `children`: what else belongs up there (the timer and the next step). */
export function MergeHead({ session, board, children }) {
  const { store, lang, languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [asking, confirm] = useState("");
  const all = [...board.themes, ...board.dropped];
  const sought = row(store, "comparisons", session.id);
  const shown = all.some((theme) => theme.audience === "all");
  const open = board.themes.filter((theme) => theme.state === "proposed").length;
  const act = async (command) => (await ask(command)).ok && confirm("");
  const find = () => act({ kind: "FindThemes", session: session.id });
  return html`<header class="merge-head">
    <div><h2 dir="auto">${pick(session.title, lang, languages)}</h2>
      <p class="num">
        ${many(board.cards.length, "{n} card", "{n} cards")}${session.kind !== "plenary"
          && html`, ${many(board.writing.length, "{n} group", "{n} groups")}`}${
        board.themes.length > 0
          && html` · ${open ? many(open, "{n} theme to confirm", "{n} themes to confirm") : say("all confirmed")}`}</p>
      ${sought && !all.length && html`<p class="hint">
        ${say("The program found nothing that several cards say. Sort them by hand.")}</p>`}
      <${Compared} session=${session} /></div>
    <div class="keys">
      ${(all.length > 0 || sought || !children) && html`<button type="button" class="btn alt sm" disabled=${!board.cards.length}
        onClick=${() => (all.length ? confirm("find") : find())}>
          ${busy ? say("Comparing cards …") : say("Suggest themes")}</button>`}
      ${shown ? html`<span class="tag sure">${say("Everybody sees them")}</span>`
        : html`<button type="button" class="btn alt sm" disabled=${!all.length} onClick=${() => confirm("show")}>
          ${say("Show to everybody")}</button>`}
    </div>
    ${children}
    <${Refused} refused=${refused} />
    ${asking === "find" && html`<${Confirm} title=${say("Suggest themes again?")}
      yes=${busy ? say("Comparing cards …") : say("Suggest themes")}
        busy=${busy} onYes=${find} onNo=${() => confirm("")}><${Touches} all=${all} board=${board} /><//>`}
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
  if (!found || languages.length < 2) return null;
  const language = found.language && languageName(found.language);
  if (found.compared && !language) return null;
  if (found.compared) return html`<p class="hint">${say("Compared in {language}.", { language })}</p>`;
  return html`<p class="note compared">
    ${language ? say("Cards that are not in {language} could not all be compared.", { language })
      : say("The languages could not be compared with each other.")}${" "}
    ${say("Translate cards and suggest again, or sort them by hand.")}</p><${TranslateThem} session=${session} />`;
}

function Touches({ all, board }) {
  const free = untouched(all);
  return html`<p>
    ${many(board.cards.length, "{n} card of this session is compared.", "{n} cards of this session are compared.")}</p>
    <p>${free
      ? many(free, "{n} suggestion that nobody has touched is replaced.",
        "{n} suggestions that nobody has touched are replaced.")
      : say("No theme is replaced.")}</p>
    ${all.length > free && html`<p>
      ${many(all.length - free, "{n} theme that people have decided on, named or filled stays as it is.",
      "{n} themes that people have decided on, named or filled stay as they are.")}</p>`}`;
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
