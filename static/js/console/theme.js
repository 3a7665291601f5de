/** One theme on the merge board: what it is called, which groups raised it, and whether people have confirmed it. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Shapes } from "../parts/shape.js";
import { Refused, useAsk } from "./asking.js";
import { Evidence } from "./evidence.js";
import { takesFocus } from "./focus.js";
import { useHere } from "./here.js";
import { ThemeMenu } from "./thememenu.js";
import { said, titleOf } from "./titles.js";

/** Cards that are less alike than this, on the mean, were found to be as often of two minds as of one. */
const LOOSE = 0.13;

export function Theme({ theme, session, board, chosen, toggle }) {
  const here = useHere();
  const [ask, { refused }] = useAsk();
  const [open, show] = useState("");
  const proposed = theme.state === "proposed";
  const title = titleOf(theme, here);
  const titleCard = theme.title !== null && row(here.store, "cards", theme.title_card);
  const quote = titleCard && said(titleCard, here);
  const opener = useRef();
  const turn = (name) => () => {
    opener.current = name;
    show(open === name ? "" : name);
  };
  const item = useRef();
  useEffect(() => {
    if (open || !opener.current || document.activeElement !== document.body) return;
    item.current.querySelector(`[data-opens=${opener.current}]`)?.focus();
  }, [open]);
  const decide = (state) => ask({ kind: "DecideTheme", theme: theme.id, state });
  const act = async (command) => {
    if (!(await ask(command)).ok) return;
    show("");
    returnTo(command.into ?? theme.id);
  };
  return html`<li ref=${item} class="theme ${theme.state} ${open === "move" ? "lifted" : ""}"
    data-drag=${`theme:${theme.id}`} data-drop=${`theme:${theme.id}`}
      onKeyDown=${(event) => event.key === "Escape" && show("")}>
    ${open === "rename" ? html`<${Rename} theme=${theme} title=${title} close=${() => show("")} />` : html`
      <h4 dir="auto" lang=${title.lang}>${title.text}</h4>
      <span class="handles">
        <button type="button" class="icon" data-opens="rename" onClick=${turn("rename")}><${Icon} name="edit" /><span
          class="sr">${say("Rename: {title}", { title: title.text })}</span></button>
        <button type="button" class="icon" aria-expanded=${open === "move"} data-opens="move" onClick=${turn("move")}>
          <${Icon} name="grip" />
          <span class="sr">${say("Move or merge: {title}", { title: title.text })}</span></button></span>`}
    <${Signs} theme=${theme} />
    ${quote?.text && html`<p class="quote" dir="auto" lang=${quote.lang}>“${quote.text}”</p>`}
    ${theme.keywords.length > 0 && html`<p class="keywords">
      ${theme.keywords.map((word) => html`<bdi key=${word}>${word}</bdi>`)}</p>`}
    ${theme.why === "cards-changed" && proposed && html`<p class="why">
      ${say("Its cards have changed: confirm it again.")}</p>`}
    <footer>
      <button type="button" class="btn quiet sm cards-of" aria-expanded=${open === "cards"} data-opens="cards"
        onClick=${turn("cards")}>
        ${many(theme.cards.length, "{n} card", "{n} cards")}</button>
      ${proposed ? html`<button type="button" key="drop" class="btn quiet sm" onClick=${() => decide("dropped")}>
        ${say("Drop")} <span class="sr">${title.text}</span></button>`
        : html`<span key="state" class="state">${theme.state === "confirmed" && html`<${Icon} name="check" />`}
          ${theme.state === "confirmed" ? say("confirmed") : say("dropped")}</span>`}
      <button type="button" key="decide" class="btn sm ${proposed ? "" : "quiet"}"
        onClick=${() => decide(proposed ? "confirmed" : "proposed")}>
        ${proposed ? say("Confirm") : say("Open again")} <span class="sr">${title.text}</span></button>
    </footer>
    ${open === "cards" && html`<${Evidence} ...${{ theme, session, board, chosen, toggle }} />`}
    ${open === "move" && html`<${ThemeMenu} ...${{ theme, session, board, act }} />`}
    <${Refused} refused=${refused} />
  </li>`;
}

/** Give the keyboard its place back after a theme has gone to another lane, or into another theme. */
function returnTo(theme) {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector(`[data-drag="theme:${theme}"] [data-opens="move"]`)?.focus();
  }, 100);
}

/** The groups that raised a theme, and those that did not; how sure the program is of what nobody has touched. */
function Signs({ theme }) {
  const missing = theme.missing.filter(Boolean);
  const raw = theme.state === "proposed" && !theme.why && theme.cards.every((card) => card.member.by === "program");
  const sure = theme.strength === "strong" ? say("suggested") : say("suggested, less sure");
  return html`<p class="evidence">
    ${theme.labels.length > 0 && html`<${Shapes} labels=${theme.labels} />`}
    ${theme.labels.length > 1 && missing.length > 0 && missing.length <= 2 && html`<span class="missing">
      ${say("missing in {labels}", { labels: list(missing) })}</span>`}
    ${theme.overruled && html`<span class="tag">${say("lane chosen by hand")}</span>`}
    ${raw && html`<span class="tag open">${theme.confidence < LOOSE ? say("suggested, its cards differ") : sure}</span>`}
  </p>`;
}

function Rename({ theme, title, close }) {
  const [ask, { refused }] = useAsk();
  const [text, write] = useState(title.text);
  const save = async (event) => {
    event.preventDefault();
    if ((await ask({ kind: "RenameTheme", theme: theme.id, title: text })).ok) close();
  };
  return html`<form class="rename" onSubmit=${save}>
    <label><span class="sr">${say("Title of the theme")}</span>
      <input class="field" dir="auto" maxlength="200" ref=${takesFocus} value=${text}
        onInput=${(event) => write(event.currentTarget.value)} /></label>
    <div class="row"><button class="btn sm" disabled=${!text.trim()}>${say("Save")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button></div>
    <${Refused} refused=${refused} />
  </form>`;
}
