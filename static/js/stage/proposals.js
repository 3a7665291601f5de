/** The joint proposals: the statement, to whom, why, and the groups it rests on. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { Shapes } from "../parts/shape.js";
import { useFit, usePage } from "./fit.js";
import { Head, Pages } from "./frame.js";
import { groupsBehind, shownProposals } from "./rows.js";

const ON_PAGE = 4;

export function Proposals({ store, step, clock }) {
  const fit = useFit(5);
  const proposals = shownProposals(store);
  const count = Math.ceil(proposals.length / ON_PAGE);
  const page = usePage(count, clock);
  const shown = proposals.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  return html`<div class="scene proposals">
    <${Head} title=${many(proposals.length, "Our joint proposal", "Our joint proposals")}
      ...${{ store, step, clock }} />
    <ol ref=${fit} data-n=${shown.length}>${shown.map((proposal, n) => html`
      <${Proposal} key=${proposal.id} store=${store} proposal=${proposal} n=${page * ON_PAGE + n + 1} />`)}</ol>
    <footer><${Pages} page=${page} count=${count} /></footer>
  </div>`;
}

function Proposal({ store, proposal, n }) {
  const [groups, ...elsewhere] = groupsBehind(store, proposal);
  const { themes, cards, rationale, to } = proposal;
  const evidence = [
    themes.length && many(themes.length, "{n} theme", "{n} themes"),
    cards.length && many(cards.length, "{n} card", "{n} cards"),
  ].filter(Boolean);
  return html`<li>
    <b class="n num">${n}</b>
    <div>
      <h2 dir="auto" lang=${proposal.lang}>${proposal.statement ?? say("These words were erased.")}</h2>
      <ul class="why">${rationale.map((reason) => html`<li key=${reason} dir="auto">${reason}</li>`)}</ul>
      <p class="meta">
        ${to.length > 0 && html`<span>${say("To:")} <bdi>${to.join(", ")}</bdi></span>`}
        ${groups && !elsewhere.length && html`<${Shapes} labels=${groups} />`}
        ${evidence.length > 0 && html`<span class="num">
          ${say("rests on {evidence}", { evidence: evidence.join(", ") })}</span>`}
      </p>
    </div>
  </li>`;
}
