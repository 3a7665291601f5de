/** Words that mean the same: said while sorting, so that the next comparison knows. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { rows } from "../lib/tables.js";
import { languageName } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { LanguageSelect } from "./language.js";

/** `pairs`: what the program thinks may mean the same, [{theme, words: {language: word}}]; `taken(pair)` is told which
 * was agreed to. */
export function SameWords({ pairs, taken }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const known = rows(store, "concepts");
  const agree = async (pair) => {
    const words = Object.fromEntries(Object.entries(pair.words).map(([lang, word]) => [lang, [word]]));
    if ((await ask({ kind: "AddWords", words })).ok) taken(pair);
  };
  return html`<details class="same-words" open=${pairs.length > 0}><summary>${say("Words that mean the same")}
      ${known.length > 0 && html` <span class="num">${known.length}</span>`}</summary>
    ${pairs.length > 0 && html`<p class="hint">
      ${many(pairs.length, "This may mean the same:", "These may mean the same:")}</p>
      <ul>${pairs.map((pair) => html`<li key=${pair.theme}><${Meaning} words=${pair.words} />
        <span class="keys"><button type="button" class="btn alt sm" onClick=${() => agree(pair)}>
          ${say("Yes, the same")}</button>
          <button type="button" class="btn quiet sm" onClick=${() => taken(pair)}>${say("No")}</button></span></li>`)}</ul>`}
    <${Say} />
    <ul>${known.map((concept) => html`<li key=${concept.id}><${Meaning} words=${concept.words} />
      <button type="button" class="btn quiet sm" onClick=${() => ask({ kind: "DropWords", concept: concept.id })}>
        ${say("Take out")}<span class="sr">${Object.values(concept.words).join(", ")}</span></button></li>`)}</ul>
    <${Refused} refused=${refused} /></details>`;
}

const Meaning = ({ words }) => html`<span>${Object.entries(words).map(([lang, given], n) => html`${n > 0 && " = "}
  <bdi lang=${lang}>${[given].flat().join(" / ")}</bdi> <small>${languageName(lang)}</small>`)}</span>`;

function Say() {
  const { languages, lang } = useHere();
  const first = languages.includes(lang) ? lang : languages[0];
  const [ask, { refused }] = useAsk();
  const [said, say_] = useState([{ lang: first, word: "" },
    { lang: languages.find((other) => other !== first) ?? first, word: "" }]);
  const change = (n, part) => say_(said.map((one, m) => (m === n ? { ...one, ...part } : one)));
  const save = async (event) => {
    event.preventDefault();
    const words = {};
    for (const { lang: of, word } of said) words[of] = [...(words[of] ?? []), word];
    if ((await ask({ kind: "AddWords", words })).ok) say_(said.map((one) => ({ ...one, word: "" })));
  };
  return html`<form class="saying" onSubmit=${save}>
    ${said.map(({ lang: of, word }, n) => html`${n > 0 && html`<b>=</b>`}
      <input class="field sm" dir="auto" lang=${of} maxlength="60" value=${word}
        aria-label=${n ? say("means the same as this word") : say("This word")}
        onInput=${(event) => change(n, { word: event.currentTarget.value })} />
      <${LanguageSelect} value=${of} onChange=${(other) => change(n, { lang: other })} />`)}
    <button class="btn alt sm" disabled=${!said.every(({ word }) => word.trim())}>${say("Same meaning")}</button>
    <${Refused} refused=${refused} /></form>`;
}
