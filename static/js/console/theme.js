/** One theme on the merge board, and one card in it or in the tray. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { echoes as echoesOf, membersOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { Echoes } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { groupName, Shape, Shapes } from "../parts/shape.js";
import { translationNote, words } from "../parts/text.js";
import { translationsOf } from "../stage/rows.js";
import { Refused, useAsk } from "./asking.js";
import { Choose } from "./choose.js";
import { takesFocus } from "./focus.js";
import { useHere } from "./here.js";
import { laneName } from "./names.js";
import { laneByCards, LANES } from "./sorting.js";

const said = (card, { store, lang }) => words(card, translationsOf(store, card.id), lang);

/** A theme's title as the reader sees it: {text, lang}; the words of its title card until somebody edits it, or of
 * another one where that card was erased. */
export function titleOf(theme, here) {
  if (theme.title !== null) return { text: theme.title };
  const card = row(here.store, "cards", theme.title_card) ?? membersOf(here.store, theme.id)[0];
  const { text, lang } = card ? said(card, here) : {};
  return { text: text || say("These words were erased."), lang };
}

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
    <${Evidence} theme=${theme} board=${board} />
    ${quote?.text && html`<p class="quote" dir="auto" lang=${quote.lang}>“${quote.text}”</p>`}
    ${theme.why === "cards-changed" && theme.state === "proposed" && html`<p class="why">
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
    ${open === "cards" && html`<ul class="members" data-drags>${theme.cards.map((card) => html`
      <${SortCard} key=${card.id} ...${{ card, theme, session, board, chosen, toggle }} />`)}</ul>`}
    ${open === "move" && html`<${MoveMenu} ...${{ theme, session, board, act }} />`}
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

/** The groups that raised a theme, and those that did not. */
function Evidence({ theme, board }) {
  const some = theme.labels.length > 0;
  const missing = theme.missing.filter(Boolean);
  return html`<p class="evidence">
    ${some && html`<${Shapes} labels=${theme.labels} />`}
    ${theme.labels.length > 1 && missing.length > 0 && missing.length <= 2 && html`<span class="missing">
      ${say("missing in {labels}", { labels: list(missing) })}</span>`}
    ${theme.overruled && html`<span class="tag">${say("lane chosen by hand")}</span>`}
    ${theme.state === "proposed" && !theme.why && theme.cards.every((card) => card.member.by === "program")
      && html`<span class="tag open">
        ${theme.strength === "strong" ? say("suggested") : say("suggested, less sure")}</span>`}
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

function MoveMenu({ theme, session, board, act }) {
  const here = useHere();
  const byCards = laneByCards(theme, board.writing);
  const others = board.themes.filter((other) => other.id !== theme.id);
  const lane = (name) => html`<button type="button" key=${name} class="btn alt sm" aria-pressed=${theme.lane === name}
    onClick=${() => theme.lane !== name
      && act({ kind: "OverruleLane", theme: theme.id, lane: name === byCards ? null : name })}>
    ${laneName(name)}${name === byCards && html` <small>${say("by its cards")}</small>`}</button>`;
  return html`<div class="menu">
    ${session.kind !== "plenary" && html`<div class="lanes-of" role="group" aria-label=${say("Lane")}>
      ${LANES.map(lane)}</div>`}
    ${others.length > 0 && html`<${Choose} label=${say("Merge into")} named
      onChoose=${(into) => act({ kind: "MergeThemes", theme: theme.id, into })}>
        <option value="" disabled>${say("Choose a theme …")}</option>
        ${others.map((other) => html`<option key=${other.id} value=${other.id}>${titleOf(other, here).text}</option>`)}
      <//>`}
  </div>`;
}

/** A card that can be sorted: chosen, moved by a select, dragged. `theme` is where it lies, none in the tray. */
export function SortCard({ card, theme, session, board, chosen, toggle }) {
  const here = useHere();
  const [ask, { refused }] = useAsk();
  const words = said(card, here);
  const n = echoesOf(here.store, card.id);
  const place = (where) => ask(where === "new" ? { kind: "NewTheme", session: session.id, cards: [card.id] }
    : { kind: "PlaceCard", card: card.id, theme: where === "tray" ? null : where });
  return html`<li class="sort-card" data-drag=${`card:${card.id}`}>
    ${card.label && html`<${Shape} label=${card.label} name=${groupName(card.label)} />`}
    <div><p dir="auto" lang=${words.lang}>${words.text ?? say("These words were erased.")}</p>
      ${(words.from || n > 0) && html`<small>
        ${translationNote(words)} ${n > 0 && html`<${Echoes} n=${n} />`}</small>`}</div>
    <label class="check"><input type="checkbox" checked=${chosen.has(card.id)} onChange=${() => toggle(card.id)} />
      <span>${say("Choose")} <span class="sr">${words.text}</span></span></label>
    <${Choose} label=${say("Move “{words}”", { words: words.text ?? "" })} class="sm" onChoose=${place}>
      <option value="" disabled>${say("Move")}</option>
      ${theme && html`<option value="tray">${say("Cards to sort")}</option>`}
      <option value="new">${say("New theme")}</option>
      ${board.themes.filter((other) => other.id !== theme?.id).map((other) => html`
        <option key=${other.id} value=${other.id}>${titleOf(other, here).text}</option>`)}<//>
    <${Refused} refused=${refused} />
  </li>`;
}
