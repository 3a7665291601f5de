/** During work: the question, what each group works on, and the time left. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, sections as sectionsOf } from "../lib/select.js";
import { Shape, shapeName } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { useFit } from "./fit.js";
import { Head, WayIn } from "./frame.js";
import { groupTitle } from "./groups.js";
import { languagesOf } from "./rows.js";

/** `session`: the one that the room works on. */
export function Question({ store, session, step, lang, clock, address }) {
  const fit = useFit();
  const languages = languagesOf(store);
  const words = (text) => pick(text, lang, languages);
  const questions = session.questions.map(words);
  const title = words(session.title);
  const one = questions.length === 1;
  const groups = session.drawn ? groupsOf(store, session.id) : [];
  return html`<div class="scene question">
    <${Head} over=${one ? title : ""} title=${one ? questions[0] : title} ...${{ store, step, clock }} />
    <div class="body" ref=${fit}>
      ${questions.length > 1 && html`<ul class="questions">
        ${questions.map((q) => html`<li key=${q} dir="auto">${q}</li>`)}</ul>`}
      <${Sections} sections=${sectionsOf(store, session.id)} words=${words} />
      ${groups.length > 0 && html`<ul class="working" data-n=${Math.min(groups.length, 12)}>
        ${groups.map((group) => html`
          <${Working} key=${group.id} ...${{ store, session, group, lang, words }} />`)}</ul>`}
      ${session.kind === "plenary" && html`<p class="all">
        ${say("Everybody writes on their phone. One idea on each card.")}</p>`}
    </div>
    <footer><${WayIn} store=${store} address=${address} /></footer>
  </div>`;
}

function Working({ store, session, group, lang, words }) {
  const at = [groupTitle(store, session, group, lang), words(group.place)].filter(Boolean).join(" · ");
  const task = session.assignments[group.label];
  return html`<li data-g=${group.label[0]}>
    <${Shape} label=${group.label} />
    <div><h2>${shapeName(group.label)}</h2>
      ${at && html`<p class="at" dir="auto">${at}</p>`}
      ${task && html`<p class="task" dir="auto">${words(task)}</p>`}</div>
  </li>`;
}

function Sections({ sections, words }) {
  if (sections.length < 2 && !sections[0]?.limit) return null;
  return html`<ul class="sections">${sections.map((section) => html`<li key=${section.id}>
    <b dir="auto">${words(section.title)}</b>${section.limit && html`<span>${limit(section)}</span>`}</li>`)}</ul>`;
}

const limit = ({ limit, per }) =>
  per === "person"
    ? many(limit, "{n} card for each person", "{n} cards for each person")
    : many(limit, "{n} card for each group", "{n} cards for each group");
