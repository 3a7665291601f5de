/** The draw: waiting for it, and the reveal of the groups, one by one. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, workshop } from "../lib/select.js";
import { row, rows as tableRows } from "../lib/tables.js";
import { Shape, shapeName } from "../parts/shape.js";
import { pick } from "../parts/text.js";
import { useFit, usePage } from "./fit.js";
import { Head, Pages, WayIn } from "./frame.js";
import { languagesOf, namesIn } from "./rows.js";

const ON_PAGE = 24;
const DENSE = 12;

/** Before the groups are out: the shapes wait, blank. */
export function Drawing({ store, session, step, lang, clock, address }) {
  const title = session ? pick(session.title, lang, languagesOf(store)) : "";
  const random = session?.grouping === "random";
  return html`<div class="scene drawing">
    <${Head} over=${title} title=${say("Groups in a moment")} store=${store} step=${step} clock=${clock}
      note=${random ? say("They are drawn by lot. Everyone can check the draw afterwards.") : ""} />
    <ul class="waiting" aria-hidden="true">${[..."ABCDEFGH"].slice(0, session?.groups || 8).map((label) => html`
      <li key=${label}><${Shape} label=${label} /></li>`)}</ul>
    ${random && html`<p class="sealed num"><${Seal} store=${store} session=${session.id} /></p>`}
    <footer><p>${say("Your phone will show your group.")}</p><${WayIn} store=${store} address=${address} /></footer>
  </div>`;
}

/** The groups: letter, shape, place, how many; names where this workshop shows them. `fresh`: they come one by one. */
export function Groups({ store, session, step, lang, clock, fresh, address }) {
  const fit = useFit();
  const [live] = useState(fresh);
  const all = groupsOf(store, session.id);
  const count = Math.max(1, Math.ceil(all.length / ON_PAGE));
  const page = usePage(count, clock);
  const groups = all.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  const dense = groups.length > DENSE;
  return html`<div class="scene reveal ${live ? "live" : ""}">
    <${Head} title=${say("Find your group")} note=${say("Your phone shows the same letter, colour and shape.")}
      store=${store} step=${step} clock=${clock} />
    <ol class="groups ${dense ? "dense" : ""}" ref=${fit} data-n=${columns(groups.length)}
        data-rows=${rows(groups.length)}>
      ${groups.map((group, n) => html`<${Group} key=${group.id} ...${{ store, session, group, lang, dense }}
        style=${{ "--i": n }} />`)}
    </ol>
    <footer><${Pages} page=${page} count=${count} />
      <${Check} store=${store} session=${session.id} number=${all[0]?.draw} />
      <${WayIn} store=${store} address=${address} /></footer>
  </div>`;
}

/** "3f9a 22c1": the beginning of a digest, to be compared. */
const short = (digest) => digest.slice(0, 8).match(/.{4}/g).join(" ");

/** The draws that were made for a session, oldest first. */
const drawsOf = (store, session) => tableRows(store, "draws").filter((draw) => draw.sessions.includes(session))
  .sort((a, b) => a.number - b.number);

/** The seal of the draw whose groups are about to be shown, or that is coming, and how many phones added to it. */
function Seal({ store, session }) {
  const number = drawsOf(store, session).at(-1)?.number ?? tableRows(store, "draws").length + 1;
  const seal = row(store, "commitments", `draw-${number}`);
  const luck = tableRows(store, "luck").filter((one) => one.draw === number).length;
  return html`${seal && html`<span class="num">${say("Seal of the draw: {seal}", { seal: short(seal.digest) })}</span>`}
    ${luck > 0 && html` · <span>${many(luck, "{n} phone has added a number", "{n} phones have added a number")}</span>`}`;
}

/** Which draw made the groups, how often it was drawn, and the code that everybody's receipt shows. */
function Check({ store, session, number }) {
  const draw = row(store, "draws", `draw-${number}`);
  if (!draw) return null;
  const times = drawsOf(store, session).filter((one) => one.number <= number).length;
  return html`<p class="num">${say("Draw {n}", { n: number })}
    ${times > 1 && html` · ${many(times, "drawn {n} time", "drawn {n} times")}`} · ${say("check code {code}",
      { code: short(draw.digest) })}</p>`;
}

/** Columns for so many groups: all in one row up to five, then two rows, then four. */
export const columns = (n) => (n <= 5 ? Math.max(n, 1) : n <= DENSE ? Math.ceil(n / 2) : Math.ceil(n / 4));
const rows = (n) => Math.ceil(n / columns(n));

function Group({ store, session, group, lang, dense, style }) {
  const languages = languagesOf(store);
  const words = (text) => pick(text, lang, languages);
  const names = dense ? [] : namesIn(store, group.id);
  const task = session.assignments[group.label];
  const at = [groupTitle(store, session, group, lang), words(group.place)].filter(Boolean).join(" · ");
  return html`<li class="gp" data-g=${group.label[0]} style=${style}>
    <${Shape} label=${group.label} />
    <h2>${shapeName(group.label)}</h2>
    ${at && html`<p class="at" dir="auto">${at}</p>`}
    ${names.length ? html`<ul>${names.map(({ id, name, rapporteur }) => html`<li key=${id}><bdi>${name}</bdi>
        ${rapporteur && html` <small>${say("reports back")}</small>`}</li>`)}</ul>`
      : !dense && html`<div><p class="size num">${many(group.size, "{n} person", "{n} people")}</p>
          ${task && html`<p class="task" dir="auto">${words(task)}</p>`}</div>`}
  </li>`;
}

/** What a group that shares an answer is called ("Africa"); "" for any other. */
export function groupTitle(store, session, group, lang) {
  if (!group.title) return "";
  const asked = workshop(store).attributes.find((a) => a.id === session.attribute);
  const value = asked?.values?.find((v) => v.id === group.title);
  return pick(value?.title, lang, languagesOf(store)) || group.title;
}
