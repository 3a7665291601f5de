/** A vote with dots: what can be chosen and how many have voted; once it is closed, what it adds up to. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { pick } from "../parts/text.js";
import { useFit, usePage } from "./fit.js";
import { Head, Pages } from "./frame.js";
import { choicesOf, languagesOf, lastVote, turnoutOf } from "./rows.js";
import { titleOf } from "./themes.js";

const ON_PAGE = 12;
const IN_ONE_COLUMN = 5;

export function Vote({ store, session, step, lang, clock }) {
  const fit = useFit(4);
  const vote = lastVote(store);
  const all = choicesOf(store, vote);
  const most = Math.max(1, ...all.map((choice) => choice.n));
  const count = Math.max(1, Math.ceil(all.length / ON_PAGE));
  const page = usePage(count, clock);
  const shown = all.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  return html`<div class="scene vote" data-open=${vote.open ? "" : undefined}>
    <${Head} over=${pick(session.title, lang, languagesOf(store))}
      title=${vote.open ? say("Vote on your phone") : say("What matters most to us")}
      note=${vote.open ? many(vote.dots, "Give {n} point. Nobody sees how you vote.",
        "Give {n} points. Nobody sees how you vote.") : ""} ...${{ store, step, clock }} />
    <ol ref=${fit} data-cols=${shown.length > IN_ONE_COLUMN ? 2 : 1}>${shown.map((choice) => {
      const title = titleOf(store, choice, lang);
      return html`<li key=${choice.id} style=${vote.open ? undefined : { "--share": choice.n / most }}>
        <h2 dir="auto" lang=${title.lang}>${title.text}</h2>
        ${!vote.open && html`<b class="num">${choice.n}</b>`}</li>`;
    })}</ol>
    <footer><p class="turnout num">${vote.open ? turnout(store, vote)
      : many(vote.voted, "{n} person voted", "{n} people voted")}</p>
      <${Pages} page=${page} count=${count} /></footer>
  </div>`;
}

/** "14 of 17 have voted". */
export function turnout(store, vote) {
  const voted = turnoutOf(store, vote);
  const of = Math.max(voted, row(store, "room", "room")?.people ?? 0);
  return many(voted, "{n} of {of} has voted", "{n} of {of} have voted", { of });
}
