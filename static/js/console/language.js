/** Choosing one of the workshop's languages. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { languageName } from "../parts/text.js";
import { useHere } from "./here.js";

/** `but`: a language to leave out. Nothing is drawn where there is no choice. */
export function LanguageSelect({ value, onChange, but }) {
  const languages = useHere().languages.filter((lang) => lang !== but);
  if (languages.length < 2) return null;
  return html`<label><span class="sr">${say("Language")}</span>
    <select class="field sm" value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${languages.map((lang) => html`<option key=${lang} value=${lang} lang=${lang}>${languageName(lang)}</option>`)}
    </select></label>`;
}
