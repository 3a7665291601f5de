/** Voting with dots: a few points for everybody, and what they add up to once the vote is closed.
 *
 * It is loaded when there is a vote, with its sheet. It gets what the phone's own script has as `kit` {say, many,
 * refusal, row, titleOf}: what it imported itself would be loaded a second time. */

import { html, useRef, useState } from "../../vendor/preact.js";

const sheet = document.createElement("link");
Object.assign(sheet, { rel: "stylesheet", href: new URL("../../css/vote.css", import.meta.url).href });
await new Promise((go) => {
  sheet.onload = sheet.onerror = go;
  document.head.append(sheet);
});

/** `here` with its `vote`. */
export function Vote({ here, tell, kit }) {
  const { vote, store } = here;
  const choices = vote.choices.map((id) => kit.row(store, vote.kind, id)).filter((c) => c && c.state !== "dropped")
    .map((c) => ({ id: c.id, title: kit.titleOf(here, c) }));
  return html`<${vote.open ? Giving : Totals} key=${vote.id} ...${{ here, vote, choices, tell, kit }} />`;
}

function Giving({ here: { line }, vote, choices, tell, kit: { say, many, refusal } }) {
  const [draft, give] = useState(null);
  const told = useRef();
  const waiting = line.outbox.entries.findLast((e) => e.do.vote === vote.id);
  const sent = waiting?.do.dots ?? line.mine.ballots[vote.id] ?? {};
  const dots = Object.fromEntries(choices.map(({ id }) => [id, (draft ?? sent)[id] ?? 0]));
  const left = choices.reduce((n, { id }) => n - dots[id], vote.dots);
  const changed = choices.some(({ id }) => dots[id] !== (sent[id] ?? 0));
  const voted = Object.values(sent).some(Boolean);
  const step = (id, by) => dots[id] + by >= 0 && left >= by && give({ ...dots, [id]: dots[id] + by });

  async function send() {
    const asked = line.ask({ kind: "CastBallot", vote: vote.id, dots });
    give(null);
    told.current.focus(); // the button is about to go
    const answer = await asked;
    if (answer.ok) return;
    give(dots);
    tell(refusal(answer.error));
  }

  return html`<main class="p-main vote"><div><h1>${say("Which matter most to you?")}</h1>
      <p>${many(vote.dots, "Give {n} point.", "Give {n} points.")} ${vote.dots > 1
        && say("You can put more than one on the same theme.")} ${say("Nobody sees how you vote.")}</p></div>
    <ul class="stack">${choices.map(({ id, title }) => html`<li key=${id} class="panel give">
      <h2 dir="auto">${title}</h2>
      <button type="button" class="btn alt" aria-disabled=${!dots[id]} aria-label=${say("One point less: {title}", { title })}
        onClick=${() => step(id, -1)}><span aria-hidden="true">−</span></button>
      <b class="num">${dots[id]}</b>
      <button type="button" class="btn alt" aria-disabled=${!left} aria-label=${say("One point more: {title}", { title })}
        onClick=${() => step(id, 1)}><span aria-hidden="true">+</span></button></li>`)}</ul>
  </main>
  <footer class="vote-bar"><p role="status" tabindex="-1" ref=${told}>${voted && !changed ? waiting ? say("Your vote is on its way.")
      : say("Your vote is in. You can change it until the vote is closed.")
    : many(left, "{n} point left", "{n} points left")}</p>
    ${(changed || !voted) && html`<button type="button" class="btn" disabled=${!changed} onClick=${send}>
      ${voted && left === vote.dots ? say("Take my vote back") : say("Send my vote")}</button>`}</footer>`;
}

function Totals({ vote, choices, kit: { say, many } }) {
  const most = Math.max(1, ...Object.values(vote.totals));
  const ranked = choices.map((c) => ({ ...c, n: vote.totals[c.id] })).sort((a, b) => b.n - a.n);
  return html`<main class="p-main vote"><div><h1>${say("The vote is closed")}</h1>
      <p>${many(vote.voted, "{n} person voted.", "{n} people voted.")} ${" "}
        ${many(vote.dots, "Everybody had {n} point.", "Everybody had {n} points.")}</p></div>
    <ol class="stack">${ranked.map(({ id, title, n }) => html`<li key=${id} class="panel got"
      style=${{ "--share": n / most }}><h2 dir="auto">${title}</h2><b class="num">${n}</b></li>`)}</ol></main>`;
}
