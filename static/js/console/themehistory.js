/** What has happened to a theme, event by event, from the journal. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, refusal, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { useHere } from "./here.js";
import { laneName } from "./names.js";
import { said } from "./titles.js";

const BROKEN = { code: "bug" };

export function ThemeHistory({ theme }) {
  const { workshop, link } = useHere();
  const [found, put] = useState(null);
  useEffect(() => {
    let left = false;
    ask(`/api/workshops/${workshop}/themes/${theme.id}/history?as=${link}`).then((answer) => !left && put(answer));
    return () => { left = true; };
  }, [theme.id, theme.seq]);
  if (!found) return html`<p class="hint" role="status">${say("Looking …")}</p>`;
  if (!found.ok) return html`<p class="note refused" role="status">${refusal(found.error)}</p>`;
  return html`<ol class="deeds" reversed>${found.deeds.toReversed().map((deed) => html`
    <${Deed} key=${deed.seq} deed=${deed} />`)}</ol>`;
}

async function ask(path) {
  try {
    return await (await fetch(path, { headers: { "X-Baraza": "1" } })).json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { ok: false, error: BROKEN };
    throw error;
  }
}

function Deed({ deed }) {
  const here = useHere();
  const time = new Date(deed.at).toLocaleTimeString(here.lang, { hour: "2-digit", minute: "2-digit" });
  return html`<li><span class="num">${time}</span> <bdi>${by(deed, here)}</bdi>: ${what(deed)}
    ${deed.came?.map((id) => html`<${Quoted} key=${id} sign="+" id=${id} />`)}
    ${deed.went?.map((id) => html`<${Quoted} key=${id} sign="−" id=${id} />`)}</li>`;
}

function by({ who, kind }, { store, link }) {
  if (kind === "ThemesProposed" || kind === "NewCardsPlaced") return say("the program");
  if (who === link) return say("you");
  return row(store, "links", who)?.label || say("another facilitator");
}

function what({ kind, begun, gone, title, state, lane, came = [], went = [] }) {
  const told = [];
  if (kind === "Undone") told.push(say("undone or done again"));
  if (begun) told.push(say("made"));
  if (gone) told.push(say("merged away, or emptied"));
  if (title && !begun) told.push(say("renamed “{title}”", { title }));
  if (state) told.push({ confirmed: say("confirmed"), dropped: say("dropped"), proposed: say("to be confirmed") }[state]);
  if (lane) told.push(laneName(lane));
  if (came.length) told.push(many(came.length, "{n} card in", "{n} cards in"));
  if (went.length) told.push(many(went.length, "{n} card out", "{n} cards out"));
  return told.join(" · ");
}

function Quoted({ sign, id }) {
  const here = useHere();
  const card = row(here.store, "cards", id);
  const words = card ? said(card, here) : {};
  return html`<small>${sign} <bdi lang=${words.lang}>${words.text ?? say("These words were erased.")}</bdi></small>`;
}
