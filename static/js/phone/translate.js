/** An interpreter's place to write: a card's words in another language. */

import { html, useState } from "../../vendor/preact.js";
import { LIMITS } from "../protocol.js";
import { refusal, say } from "../lib/say.js";
import { row } from "../lib/select.js";
import { languageName } from "../parts/text.js";

/** The button that opens it, for interpreters only. */
export function Translate({ here, card, tell }) {
  const { line, store, me, lang, languages, over } = here;
  const others = languages.filter((l) => l !== card.lang);
  const [into, choose] = useState("");
  const [text, type] = useState("");
  if (over || !row(store, "me", me)?.interpreter || !others.length) return null;
  const begin = (l) => {
    choose(l);
    type(row(store, "translations", `${card.id}.${l}`)?.text ?? "");
  };
  if (!into) {
    return html`<button type="button" class="btn quiet sm" onClick=${() => begin(others.includes(lang) ? lang : others[0])}>
      ${say("Translate")}</button>`;
  }
  async function save() {
    const answer = await line.ask({ kind: "TranslateCard", card: card.id, lang: into, text });
    if (answer.ok) choose("");
    else tell(refusal(answer.error));
  }
  return html`<div class="acts"><select class="field" aria-label=${say("Language")} value=${into}
      onChange=${(e) => begin(e.target.value)}>${others.map((l) => html`<option value=${l}>${languageName(l)}</option>`)}</select>
    <textarea class="field" dir="auto" rows="3" lang=${into} maxlength=${LIMITS.TranslateCard.text} value=${text}
      aria-label=${say("Translation")} onInput=${(e) => type(e.target.value)}></textarea>
    <button type="button" class="btn sm" disabled=${!text.trim()} onClick=${save}>${say("Save")}</button>
    <button type="button" class="btn quiet sm" onClick=${() => choose("")}>${say("Cancel")}</button></div>`;
}
