/** Letting a machine translate what could not be compared, where the organiser allows it. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row, rows } from "../lib/tables.js";
import { languageName } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";

const base = (lang) => lang.split("-")[0].toLowerCase();

/** A session's cards that a machine may translate into a language, as the server would choose them. */
export function lacking(store, session, into) {
  const there = new Set(rows(store, "sections").filter((s) => s.session === session).map((s) => s.id));
  return rows(store, "cards").filter((card) => {
    if (!there.has(card.section) || card.state !== "on" || !card.text || base(card.lang) === base(into)) return false;
    const now = row(store, "translations", `${card.id}.${into}`);
    return !now || (now.by === "machine" && now.of < card.text_seq);
  });
}

/** Why the service has translated nothing, in words; "" where the refusal's own sentence says it. */
function whyNot({ reason, languages = [], status }) {
  return {
    "not-set-up": () => say("This server has none. Whoever runs it can name one."),
    unreachable: () => say("It does not answer. Is it running?"),
    "too-slow": () => say("It took too long. Try again in a moment."),
    refused: () => say("It refused, with the status {status}.", { status }),
    "wrong-answer": () => say("It answered in a way that makes no sense. Is it the right address?"),
    language: () => say("It does not know: {languages}.", { languages: languages.map(languageName).join(", ") }),
  }[reason]?.() ?? "";
}

/** A button for all cards that lack words in the language of the comparison, and what came of it the last time. */
export function TranslateThem({ session }) {
  const { store, languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  if (!row(store, "permissions", "translation")?.on) return null;
  const compared = row(store, "comparisons", session.id)?.language ?? languages[0];
  const into = languages.find((lang) => base(lang) === base(compared)) ?? compared;
  const n = lacking(store, session.id, into).length;
  const translate = () => ask({ kind: "TranslateCards", session: session.id, lang: into });
  return html`<div class="translating">
    ${n > 0 && html`<button type="button" class="btn alt sm" aria-disabled=${busy} onClick=${translate}>
        ${busy ? say("Translating …") : say("Translate them into {language}", { language: languageName(into) })}</button>
      <p>${many(n, "The words of {n} card go to the translation service of this server, without names.",
        "The words of {n} cards go to the translation service of this server, without names.")}</p>`}
    ${!refused && html`<${Outcome} made=${row(store, "translated", session.id)} into=${into} />`}
    <${Refused} refused=${refused} />
    ${refused?.code === "translation-failed" && html`<p>${whyNot(refused.facts)}</p>`}
  </div>`;
}

function Outcome({ made, into }) {
  if (made?.lang !== into) return null;
  const unknown = made.unknown.map(languageName).join(", ");
  return html`<p role="status">
    ${many(made.cards, "A machine has translated {n} card. Suggest themes again.",
      "A machine has translated {n} cards. Suggest themes again.")}
    ${unknown && html` ${say("It does not know: {languages}.", { languages: unknown })}`}
    ${made.left > 0 && html` ${many(made.left, "{n} card was left as it is.", "{n} cards were left as they are.")}`}</p>`;
}
