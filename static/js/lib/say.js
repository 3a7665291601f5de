/** Sentences in the page's language. Their ids are the English sentences; the page brings the others in `data-words`:
 * {sentence: translation, or {plural category: translation}}. */

const page = globalThis.document?.getElementById("app")?.dataset ?? {};

/** The page's language. */
export let lang = page.lang ?? "en";
let words = JSON.parse(page.words ?? "{}");

/** Speak another language (a page that has its words already needn't). */
export function speak(language, catalogue) {
  [lang, words] = [language, catalogue];
}

const put = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (whole, name) => {
  const fact = facts[name];
  return typeof fact === "number" ? fact.toLocaleString(lang) : (fact ?? whole);
});

/** A sentence with its {facts}. */
export const say = (sentence, facts = {}) => put(words[sentence] ?? sentence, facts);

/** A sentence about `n` things: `one` names it, in the form that the language has for so many. */
export function many(n, one, other, facts = {}) {
  const category = new Intl.PluralRules(lang).select(n);
  const forms = words[one] ?? { one, other };
  return put(forms[category] ?? forms.other, { n, ...facts });
}

/** The sentence for a refusal {code, facts}: what is so, and what to do; plural by the first number in the facts. */
export function refusal({ code, facts = {} }) {
  const id = `refused.${code}`;
  if (typeof words[id] !== "object") return put(words[id] ?? words["refused.bug"] ?? code, facts);
  return many(Object.values(facts).find(Number.isInteger) ?? 0, id, id, facts);
}

/** "Ada, Bo and Cem". */
export const list = (names) => (Intl.ListFormat ? new Intl.ListFormat(lang).format(names) : names.join(", "));
