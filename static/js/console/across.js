/** Across sessions: which themes of one session came up in another one too. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { sessions as sessionsOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Shapes } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { titleOf } from "./titles.js";

/** Themes less alike than this are not worth a look. */
const ALIKE = 0.12;

/** The sessions with confirmed themes, in the order of the agenda: [{session, themes}]. */
export function confirmedBySession(store) {
  const all = rows(store, "themes").filter((theme) => theme.state === "confirmed");
  return sessionsOf(store).map((session) => ({
    session, themes: all.filter((theme) => theme.session === session.id).sort((a, b) => a.order - b.order),
  })).filter(({ themes }) => themes.length);
}

/** What people said came up in several sessions: lists of themes in the order of the agenda, those of most sessions
 * first. */
export function chains(store) {
  const themes = confirmedBySession(store).flatMap((one) => one.themes);
  const first = new Map(themes.map((theme) => [theme.id, theme.id]));
  for (const { a, b, same } of rows(store, "verdicts")) {
    if (!same || !first.has(a) || !first.has(b)) continue;
    const [kept, lost] = [first.get(a), first.get(b)];
    for (const [id, name] of first) if (name === lost) first.set(id, kept);
  }
  const sessions = (chain) => new Set(chain.map((theme) => theme.session)).size;
  return [...new Set(first.values())].map((name) => themes.filter((theme) => first.get(theme.id) === name))
    .filter((chain) => sessions(chain) > 1).sort((a, b) => sessions(b) - sessions(a));
}

export function Across() {
  const here = useHere();
  const { store } = here;
  const [find, { busy, refused: unfound }] = useAsk();
  const [ask, { refused }] = useAsk();
  const [pairs, offer] = useState(null);
  const by = confirmedBySession(store);
  const several = by.length > 1;
  useEffect(() => {
    if (!several) return;
    find({ kind: "FindAcross" }).then((answer) => answer.ok
      && offer(answer.told.pairs.filter(({ alike }) => alike >= ALIKE).map(({ themes }) => themes)));
  }, [several]);
  const decided = (a, b) => row(store, "verdicts", [a, b].sort().join("."));
  const open = (pairs ?? []).filter(([a, b]) => !decided(a, b) && row(store, "themes", a) && row(store, "themes", b));
  const tell = (a, b, same) => ask({ kind: "SaySame", a, b, same });
  const found = chains(store);
  return html`<section class="page across">
    <header><h2>${say("Across sessions")}</h2>
      <p class="hint">${several ? say("Themes that came up in more than one session. Only confirmed themes stand here.")
        : say("As soon as two sessions have confirmed themes, you can say here which of them are the same.")}</p></header>
    <${Refused} refused=${refused ?? unfound} />
    ${found.length > 0 && html`<ul class="chains">${found.map((chain) => html`<li key=${chain[0].id}>
      <${Chain} chain=${chain} of=${by.length} tell=${tell} decided=${decided} /></li>`)}</ul>`}
    ${several && html`<h3>${say("May be the same")}</h3>
      <p class="hint" role="status">${busy && say("Comparing cards …")}
        ${!busy && !unfound && !open.length && say("The program sees no more that may be the same.")}</p>
      <ul class="pairs">${open.map(([a, b]) => html`<li key=${a + b}>
        <${Line} theme=${row(store, "themes", a)} /><${Line} theme=${row(store, "themes", b)} />
        <span class="keys"><button type="button" class="btn alt sm" onClick=${() => tell(a, b, true)}>
            ${say("The same")}</button>
          <button type="button" class="btn quiet sm" onClick=${() => tell(a, b, false)}>${say("Not the same")}</button>
        </span></li>`)}</ul>
      <${ByHand} by=${by} tell=${tell} />`}
  </section>`;
}

function Chain({ chain, of, tell, decided }) {
  const sessions = new Set(chain.map((theme) => theme.session)).size;
  const tied = chain.flatMap((a, n) => chain.slice(n + 1).filter((b) => decided(a.id, b.id)?.same).map((b) => [a, b]));
  return html`<p class="num"><b>${sessions === of ? many(of, "in all {n} sessions", "in all {n} sessions")
      : say("in {n} of {of} sessions", { n: sessions, of })}</b></p>
    ${chain.map((theme) => html`<${Line} key=${theme.id} theme=${theme} />`)}
    <span class="keys">${tied.map(([a, b]) => html`<button type="button" key=${a.id + b.id} class="btn quiet sm"
      onClick=${() => tell(a.id, b.id, null)}>${say("Take apart")}</button>`)}</span>`;
}

function Line({ theme }) {
  const here = useHere();
  const { store, lang, languages } = here;
  const title = titleOf(theme, here);
  const session = row(store, "sessions", theme.session);
  const labels = theme.groups.map((board) => row(store, "groups", board)?.label).filter(Boolean);
  return html`<p class="line"><b dir="auto" lang=${title.lang}>${title.text}</b>
    <span>${labels.length > 0 && html`<${Shapes} labels=${labels} size=${22} />`}
      <small dir="auto">${pick(session.title, lang, languages)}</small></span></p>`;
}

/** Two themes that the program doesn't offer. */
function ByHand({ by, tell }) {
  const here = useHere();
  const [[a, b], choose] = useState(["", ""]);
  const session = (id) => by.find(({ themes }) => themes.some((theme) => theme.id === id))?.session.id;
  const select = (label, value, change, but) => html`<label><span class="sr">${label}</span>
    <select class="field sm" value=${value} onChange=${(event) => change(event.currentTarget.value)}>
      <option value="">${say("Choose a theme …")}</option>
      ${by.filter((one) => one.session.id !== but).map((one) => html`<optgroup key=${one.session.id}
        label=${pick(one.session.title, here.lang, here.languages)}>${one.themes.map((theme) => html`
        <option key=${theme.id} value=${theme.id}>${titleOf(theme, here).text}</option>`)}</optgroup>`)}</select></label>`;
  const same = async (event) => {
    event.preventDefault();
    if ((await tell(a, b, true)).ok) choose(["", ""]);
  };
  return html`<form class="saying" onSubmit=${same}>
    ${select(say("A theme"), a, (id) => choose([id, session(id) === session(b) ? "" : b]))} <b>=</b>
    ${select(say("A theme of another session"), b, (id) => choose([a, id]), session(a))}
    <button class="btn alt sm" disabled=${!a || !b}>${say("The same")}</button></form>`;
}
