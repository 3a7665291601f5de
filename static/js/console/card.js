/** A card on a board as the facilitator has it: with everything that can be done with it, behind one button. */

import { html, useState } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { Card } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { languageName, pick } from "../parts/text.js";
import { translationsOf } from "../stage/rows.js";
import { Refused, useAsk } from "./asking.js";
import { Confirm } from "./dialog.js";
import { takesFocus } from "./focus.js";
import { useHere } from "./here.js";
import { LanguageSelect, writable } from "./language.js";
import { nameOf } from "./names.js";

/** `cards` are those of the same section, in their order; `sections` those of the board. */
export function BoardCard({ card, cards, sections, echoes }) {
  const { store, lang } = useHere();
  const [doing, start] = useState("");
  const [ask, { refused }] = useAsk();
  const author = row(store, "authors", card.id)?.person;
  const act = async (command) => (await ask(command)).ok && start("");
  const close = () => start("");
  const erase = () => act({ kind: "ForgetCard", card: card.id });
  if (doing === "edit") return html`<${Editing} card=${card} close=${close} />`;
  if (doing === "translate") return html`<${Translating} card=${card} close=${close} />`;
  if (doing === "language") return html`<${Speaking} card=${card} close=${close} />`;
  const state = { parked: say("parked"), withdrawn: say("withdrawn") }[card.state];
  return html`<${Card} card=${card} translations=${translationsOf(store, card.id)} lang=${lang}
    by=${author && nameOf(store, author)}
      echoes=${echoes} both=${true}>
    ${state && html`<span class="tag">${state}</span>`}
    <button type="button" class="btn quiet sm more" aria-expanded=${doing === "menu"}
      onClick=${() => start(doing ? "" : "menu")}>
      <${Icon} name="more" /><span class="sr">${say("Change this card")}</span></button>
    ${doing === "erase" && html`<${Confirm} title=${say("Erase this card for ever?")} yes=${say("Erase for ever")}
      onYes=${erase} onNo=${close}>
        <p>${say("Its words and translations are taken off this server and off every phone. It cannot be undone.")}</p>
        <p>${say("“Withdraw” takes a card off the board and keeps it.")}</p><//>`}
    ${doing === "menu" && html`<${Menu} ...${{ card, cards, sections, act, start }} />`}
    <${Refused} refused=${refused} />
  <//>`;
}

function Menu({ card, cards, sections, act, start }) {
  const { lang, languages } = useHere();
  const at = cards.findIndex((c) => c.id === card.id);
  const put = (section, after) => act({ kind: "MoveCard", card: card.id, section, after: after ?? null });
  const button = (words, onClick, icon) => html`<button type="button" class="btn alt sm" onClick=${onClick}>
    ${icon && html`<${Icon} name=${icon} />`}${words}</button>`;
  const last = button(say("Erase for ever"), () => start("erase"), "trash");
  if (card.state !== "on") {
    const back = button(say("Bring back"), () => act({ kind: "RestoreCard", card: card.id }));
    return html`<div class="menu">${back}${last}</div>`;
  }
  return html`<div class="menu">
    ${button(say("Edit"), () => start("edit"), "edit")}
    ${languages.length > 1 && button(say("Translate"), () => start("translate"), "globe")}
    ${button(say("Language: {language}", { language: languageName(card.lang) }), () => start("language"), "globe")}
    ${at > 0 && button(say("Up"), () => put(card.section, cards[at - 2]?.id), "up")}
    ${at >= 0 && at < cards.length - 1 && button(say("Down"), () => put(card.section, cards[at + 1].id), "down")}
    ${sections.filter((s) => s.id !== card.section).map((section) =>
      button(say("To {section}", { section: pick(section.title, lang, languages) }), () => put(section.id, null),
        "move"))}
    ${button(say("Park"), () => act({ kind: "TakeCard", card: card.id, to: "parked" }))}
    ${button(say("Withdraw"), () => act({ kind: "TakeCard", card: card.id, to: "withdrawn" }))}
    ${last}
  </div>`;
}

function Words({ words, sentence, save, close, refused, children, lang }) {
  const [text, write] = useState(words);
  const submit = (event) => {
    event.preventDefault();
    save(text);
  };
  const keys = (event) => event.key === "Escape" && close();
  return html`<li class="card editing"><form onSubmit=${submit} onKeyDown=${keys}>
    <label><span class="label">${sentence}</span>
      <textarea class="field" rows="3" maxlength="1000" dir="auto" lang=${lang} ref=${takesFocus} value=${text}
        onInput=${(event) => write(event.currentTarget.value)}></textarea></label>
    <div class="row">${children}<button class="btn sm" disabled=${!text.trim()}>${say("Save")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button></div>
    <${Refused} refused=${refused} />
  </form></li>`;
}

function Editing({ card, close }) {
  const [ask, state] = useAsk();
  const [seen] = useState(card.seq);
  const save = async (text) => (await ask({ kind: "EditCard", card: card.id, text, seen })).ok && close();
  return html`<${Words} words=${card.text ?? ""} sentence=${say("Words of this card")} lang=${card.lang}
    ...${{ save, close, ...state }} />`;
}

function Translating({ card, close }) {
  const { store, lang, languages } = useHere();
  const [ask, state] = useAsk();
  const others = languages.filter((l) => l !== card.lang);
  const [into, choose] = useState(others.includes(lang) ? lang : others[0]);
  const now = translationsOf(store, card.id).find((translation) => translation.lang === into);
  const save = async (text) => (await ask({ kind: "TranslateCard", card: card.id, lang: into, text })).ok && close();
  return html`<${Words} key=${into} words=${now?.text ?? ""} lang=${into} ...${{ save, close, ...state }}
    sentence=${say("“{words}” in {language}", { words: card.text ?? "", language: languageName(into) })}>
    <${LanguageSelect} value=${into} but=${card.lang} onChange=${choose} /><//>`;
}

/** In which language a card is written, where the guess was wrong. */
function Speaking({ card, close }) {
  const { languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [lang, choose] = useState(card.lang);
  const save = async (event) => {
    event.preventDefault();
    if ((await ask({ kind: "SetLanguage", card: card.id, lang })).ok) close();
  };
  return html`<li class="card editing"><form onSubmit=${save} onKeyDown=${(event) => event.key === "Escape" && close()}>
    <p class="label">${say("In which language is this card written?")}</p>
    <p class="words" dir="auto" lang=${lang}>${card.text}</p>
    <div class="row"><${LanguageSelect} value=${lang} among=${writable(languages, card.lang)} onChange=${choose} />
      <button class="btn sm" disabled=${busy}>${say("Save")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button></div>
    <${Refused} refused=${refused} />
  </form></li>`;
}
