/** Writing one proposal: the statement, the reasons, to whom, and the themes it rests on. */

import { html, useState } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { sessions, themes as themesOf } from "../lib/select.js";
import { rows } from "../lib/tables.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { takesFocus } from "./focus.js";
import { useHere } from "./here.js";
import { LanguageSelect } from "./language.js";
import { titleOf } from "./titles.js";

/** `proposal` is the row to change; without one a new proposal is written. */
export function Writing({ proposal, close }) {
  const { languages } = useHere();
  const [ask, { refused }] = useAsk();
  const [draft, set] = useState({
    statement: proposal?.statement ?? "", rationale: (proposal?.rationale ?? []).join("\n"), to: proposal?.to ?? [],
    themes: proposal?.themes ?? [], lang: proposal?.lang ?? languages[0],
  });
  const [seen] = useState(proposal?.seq ?? 0);
  const change = (part) => set((now) => ({ ...now, ...part }));
  const toggle = (list, value) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);
  const save = async (event) => {
    event.preventDefault();
    const rationale = draft.rationale.split("\n").map((line) => line.trim()).filter(Boolean);
    const about = proposal ? { proposal: proposal.id, cards: proposal.cards, seen } : {};
    const answer = await ask({ kind: "WriteProposal", ...about, ...draft, rationale });
    if (answer.ok) close();
  };
  return html`<form class="writing" onSubmit=${save}>
    <label><span class="label">${say("We propose …")}</span>
      <textarea class="field" rows="3" maxlength="1000" dir="auto" ref=${takesFocus} value=${draft.statement}
        onInput=${(event) => change({ statement: event.currentTarget.value })}></textarea></label>
    <${LanguageSelect} value=${draft.lang} onChange=${(lang) => change({ lang })} />
    <label><span class="label">${say("Because … (one reason a line)")}</span>
      <textarea class="field" rows="3" dir="auto" value=${draft.rationale}
        onInput=${(event) => change({ rationale: event.currentTarget.value })}></textarea></label>
    <${Addressees} chosen=${draft.to} toggle=${(value) => change({ to: toggle(draft.to, value) })} />
    <${RestsOn} chosen=${draft.themes} toggle=${(id) => change({ themes: toggle(draft.themes, id) })} />
    <div class="row"><button class="btn" disabled=${!draft.statement.trim()}>${say("Save")}</button>
      <button type="button" class="btn quiet" onClick=${close}>${say("Cancel")}</button></div>
    <${Refused} refused=${refused} />
  </form>`;
}

function Addressees({ chosen, toggle }) {
  const { store } = useHere();
  const [other, write] = useState("");
  const usual = [say("movement"), say("funders"), say("policy makers"), say("allies")];
  const known = [...new Set([...usual, ...rows(store, "proposals").flatMap((p) => p.to), ...chosen])];
  const add = () => {
    const name = other.trim();
    if (name && !chosen.includes(name)) toggle(name);
    write("");
  };
  const enter = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return html`<fieldset><legend class="label">${say("To whom")}</legend>
    <div class="choices">
      ${known.map((name) => html`<button type="button" key=${name} class="btn alt sm" dir="auto"
        aria-pressed=${chosen.includes(name)}
      onClick=${() => toggle(name)}>${name}</button>`)}
      <span class="other"><label><span class="sr">${say("Somebody else")}</span><input class="field" dir="auto"
        maxlength="60" placeholder=${say("Somebody else")}
        value=${other} onInput=${(event) => write(event.currentTarget.value)} onKeyDown=${enter} /></label>
        <button type="button" class="btn alt sm" disabled=${!other.trim()} onClick=${add}>${say("Add")}</button></span>
          </div>
  </fieldset>`;
}

function RestsOn({ chosen, toggle }) {
  const here = useHere();
  const { store, lang, languages } = here;
  const found = sessions(store).map((session) => ({ session,
    themes: themesOf(store, session.id).filter((theme) => theme.state === "confirmed" || chosen.includes(theme.id)),
  })).filter(({ themes }) => themes.length);
  return html`<fieldset><legend class="label">${say("Rests on these themes")}</legend>
    ${found.length === 0 && html`<p class="hint">${say("No theme has been confirmed yet.")}</p>`}
    ${found.map(({ session, themes }) => html`<div key=${session.id}><p class="hint" dir="auto">
      ${pick(session.title, lang, languages)}</p>
      <div class="choices">
        ${themes.map((theme) => html`<button type="button" key=${theme.id} class="btn alt sm" dir="auto"
        aria-pressed=${chosen.includes(theme.id)} onClick=${() => toggle(theme.id)}>
          ${titleOf(theme, here).text}</button>`)}</div></div>`)}
  </fieldset>`;
}
