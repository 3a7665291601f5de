/** Choosing one of the workshop's languages. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { languageName } from "../parts/text.js";
import { useHere } from "./here.js";

const GLOSSARY = ["en", "fr", "es", "pt", "ru", "ar", "sw", "zh"];

/** What a card may be written in: the workshop's languages, its own now, and those that are always looked for. */
export const writable = (languages, now) => [...new Set([...languages, now, ...GLOSSARY])];

/** `among`: the languages to choose from, the workshop's without it; `but`: one to leave out. Nothing is drawn where
 * there is no choice. */
export function LanguageSelect({ value, onChange, but, among }) {
  const { languages: own } = useHere();
  const languages = (among ?? own).filter((lang) => lang !== but);
  if (languages.length < 2) return null;
  return html`<label><span class="sr">${say("Language")}</span>
    <select class="field sm" value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${languages.map((lang) => html`<option key=${lang} value=${lang} lang=${lang}>${languageName(lang)}</option>`)}
    </select></label>`;
}
