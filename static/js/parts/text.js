/** Words in several languages: which of them a screen in `lang` shows. */

import { say } from "../lib/say.js";

const base = (lang) => (lang || "").split("-")[0].toLowerCase();
const same = (a, b) => base(a) === base(b);

/** The organiser's words for a reader of `lang`: a string, or {lang: words}; otherwise in the first of the workshop's
 * `languages` that it has, otherwise in any. */
export const pick = (text, lang, languages = []) => picked(text, lang, languages).text;

/** The same with the language it is in: {text, lang}. A mere string is English where the workshop speaks it. */
export function picked(text, lang, languages = []) {
  if (!text) return { text: "", lang: undefined };
  if (typeof text === "string") return { text, lang: languages.includes("en") ? "en" : languages[0] };
  const there = Object.keys(text).filter((l) => text[l]);
  const best = (wanted) => there.find((l) => l === wanted) ?? there.find((l) => same(l, wanted));
  const found = [lang, ...languages].map(best).find(Boolean) ?? there[0];
  return { text: text[found] ?? "", lang: found };
}

/** A card's words for a reader of `lang`: {text, lang, from, outdated}. `from` is the card's language when these are a
 * translation; `machine` when nobody made it; `outdated` when the card was changed since; `text` null when it was
 * erased. */
export function words(card, translations, lang) {
  const own = { text: card.text, lang: card.lang, from: null };
  if (same(card.lang, lang)) return own;
  const translation = translations.find((t) => t.card === card.id && t.text != null && same(t.lang, lang));
  if (!translation) return own;
  const outdated = translation.of < card.text_seq;
  return { text: translation.text, lang: translation.lang, from: card.lang, outdated, machine: translation.by === "machine" };
}

const RIGHT_TO_LEFT = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/** "rtl" or "ltr". */
export const direction = (lang) => (RIGHT_TO_LEFT.includes(base(lang)) ? "rtl" : "ltr");

/** A language's name in itself: "Français". */
export function languageName(lang) {
  try {
    const name = new Intl.DisplayNames([lang], { type: "language" }).of(lang);
    return name[0].toLocaleUpperCase(lang) + name.slice(1);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return lang;
    throw error;
  }
}

/** How a translation is marked: "Translated from Français", or by a machine, and that it is older than the card. */
export function translationNote({ from, outdated, machine }) {
  if (!from) return "";
  const language = languageName(from);
  if (machine) return outdated
    ? say("Translated by a machine from {language}, before the card was changed", { language })
    : say("Translated by a machine from {language}", { language });
  return outdated
    ? say("Translated from {language}, before the card was changed", { language })
    : say("Translated from {language}", { language });
}
