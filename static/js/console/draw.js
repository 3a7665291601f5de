/** Groups before everybody knows them: how good they are, who sits where, and what can be changed. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, seatOf, seats as seatsOf, sessions, workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { groupName, letterOf, Shape } from "../parts/shape.js";
import { Icon } from "../parts/icons.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { called, CalledOut, drawing } from "./called.js";
import { Confirm } from "./dialog.js";
import { useDragging } from "./dragging.js";
import { useHere } from "./here.js";
import { answerTitle, attributeOf, attributeTitle, groupTitle, nameOf } from "./names.js";
import { GroupSelect } from "./people.js";
import { Rules } from "./rules.js";
import { answersOf, sentences, spread } from "./score.js";
import { Seat, Swap } from "./seat.js";
import { listed, Ways } from "./ways.js";

export function Draw({ session }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const [from, swap] = useState(null);
  const [other, with_] = useState(null);
  const [opened, open] = useState("");
  const groups = groupsOf(store, session.id);
  const here = rows(store, "people").filter((person) => !person.away);
  const drop = (person, group) => ask({ kind: "SeatPeople", session: session.id,
    seats: { [person.slice(7)]: group.slice(6) } });
  const ref = useDragging(drop, (dragged, target) => dragged.startsWith("person:") && target.startsWith("group:"));
  const choose = (seat) => (!from || from.group === seat.group ? swap(from?.id === seat.id ? null : seat) : with_(seat));
  const done = () => {
    swap(null);
    with_(null);
    open("");
  };
  const random = session.grouping === "random" && !session.drawn;
  const shared = { session, groups, ask, swap: { from, choose }, opened, open };
  return html`<section class="draw" ref=${ref}>
    ${groups.length === 0 ? html`<${Before} session=${session} people=${here.length} />` : html`
      <${Score} session=${session} groups=${groups} />
      <${Refused} refused=${refused} />
      ${from && html`<p class="note calm" role="status">${say("Whom does {name} change places with?", { name: from.name })}
        <button type="button" class="btn quiet sm" onClick=${done}>${say("Cancel")}</button></p>`}
      <div class="columns">
        ${groups.map((group) => html`<${Column} key=${group.id} group=${group} ...${shared} />`)}</div>
      <${Unseated}
        people=${here.filter((person) => !seatOf(store, session.id, person.id))} groups=${groups} ask=${ask} />
      <${Spread} groups=${groups} />`}
    ${random && html`<${CalledOut} key=${rows(store, "draws").length} /><${Rules} />`}
    ${!session.drawn && html`<${Ways} session=${session} />`}
    ${session.drawn && html`<${Later} session=${session} />`}
    ${from && other && html`<${Swap} session=${session} a=${from} b=${other} done=${done} />`}
  </section>`;
}

/** Showing the groups of later sessions too, which are drawn already. */
function Later({ session }) {
  const { store, lang, languages } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const [asking, confirm] = useState(false);
  const later = sessions(store).filter((one) => one.pos > session.pos && !one.drawn && groupsOf(store, one.id).length);
  if (!later.length) return null;
  const reveal = async () => (await ask(...later.map(({ id }) => ({ kind: "RevealGroups", session: id })))).ok
    && confirm(false);
  return html`<div><button type="button" class="btn alt sm" onClick=${() => confirm(true)}>
      ${say("Show the groups of later sessions too")}</button>
    ${asking && html`<${Confirm} title=${say("Show everybody their later groups?")} yes=${say("Show them")} busy=${busy}
      onYes=${reveal} onNo=${() => confirm(false)}>
      <ul>${later.map(({ id, title }) => html`<li key=${id} dir="auto">${pick(title, lang, languages)}</li>`)}</ul>
      <p>${say("They cannot be drawn again then; you can still move people.")}</p>
      <${Refused} refused=${refused} /><//>`}</div>`;
}

function Before({ session, people }) {
  const here = useHere();
  const how = {
    random: many(session.groups, "Drawn by lot into {n} group, balanced and remembering who already met.",
      "Drawn by lot into {n} groups, balanced and remembering who already met."),
    attribute: say("One group for each answer to: {attribute}", {
      attribute: attributeTitle(attributeOf(here.store, session.attribute), here) }),
    same: say("The same groups as last time."),
    hand: listed(here.store, session) ? say("The groups of the list that was brought, with whoever is called as it says.")
      : many(session.groups, "{n} empty group that you fill by hand.", "{n} empty groups that you fill by hand."),
  }[session.grouping];
  return html`<p class="lead">${many(people, "{n} person is here.", "{n} people are here.")} ${how}</p>`;
}

function Score({ session, groups }) {
  const { store } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const all = rows(store, "draws").sort((a, b) => b.number - a.number);
  const made = groups[0].draw;
  const draw = all.find((one) => one.number === made);
  const random = session.grouping === "random" && draw;
  const moved = random
    && groups.some((group) => seatsOf(store, group.id).some((seat) => seat.moved_at > draw.drawn_at));
  const again = async () => (await ask(random ? drawing() : { kind: "MakeGroups", session: session.id })).ok && called();
  const next = (all[0]?.number ?? 0) + 1;
  return html`<div class="score">
    ${random && html`<h3>${say("Draw {n}", { n: draw.number })}
        ${all.length > 1 && html` <small>${why(draw.reason)}</small>`}</h3>
      <ul class="costs">${sentences(draw.report, draw.sessions.length, draw.people)
        .map(({ text, good }) => html`<li key=${text} class=${good ? "good" : "so"}>
        ${good && html`<${Icon} name="check" />`}${text}</li>`)}</ul>
      <p>${draw.sessions.length > 1 && html`<span class="hint">
          ${many(draw.sessions.length, "(Counted over {n} session drawn together.)",
          "(Counted over {n} sessions drawn together.)")}</span>`}
        ${moved && html`<span
          class="hint"> ${say("(Somebody has been moved since; this is about the draw.)")}</span>`}</p>`}
    ${!session.drawn && (session.grouping !== "hand" || listed(store, session)) && html`<div><button type="button"
      class="btn alt sm" onClick=${again}>
      ${busy ? say("Drawing …") : random ? say("Draw again (draw {n})", { n: next }) : say("Make them anew")}</button>
      ${random && html`<p class="hint">${many(next, "Everybody will see that it was drawn {n} time, and why.",
        "Everybody will see that it was drawn {n} times, and why.")}</p>`}</div>`}
    ${session.drawn && html`<p class="note calm">${say("Everybody knows these groups.")}</p>`}
    <${Refused} refused=${refused} />
  </div>`;
}

const why = (reason) => ({
  first: say("the first draw"), later: say("after a session that was held"), people: say("because people came or left"),
  rules: say("because a rule was changed"), again: say("because other groups were wanted"),
})[reason];

function Column({ group, groups, session, ask, swap, opened, open }) {
  const here = useHere();
  const { store, lang } = here;
  const seats = seatsOf(store, group.id).map((seat) => ({ ...seat, name: nameOf(store, seat.person) }))
    .sort((a, b) => b.rapporteur - a.rapporteur || a.name.localeCompare(b.name, lang, { numeric: true }));
  const away = seats.filter(({ person }) => row(store, "people", person)?.away).length;
  const { balance } = workshop(store);
  const told = ({ person, rapporteur }) => [
    rapporteur && say("reports back"),
    row(store, "people", person)?.away && say("away"),
    ...balance.map((id) => answerTitle(attributeOf(store, id), answersOf(store, person)[id], here)),
  ].filter(Boolean).join(" · ");
  return html`<section class="column" data-g=${letterOf(group.label)} data-drop=${`group:${group.id}`}
    aria-label=${groupName(group.label)}>
    <header><${Shape} label=${group.label} /><h3>${groupTitle(group, here)}
      <small>${many(seats.length, "{n} person", "{n} people")}${away > 0 && html`, ${many(away, "{n} away", "{n} away")}`}</small>
      ${seats.length > 0 && !seats[0].rapporteur && html`<small class="so">
        ${say("nobody reports back yet")}</small>`}</h3></header>
    <ul data-drags>${seats.map((seat) => html`<${Seat} key=${seat.person} ...${{ seat, session, groups, ask, swap }}
      told=${told(seat)} open=${opened === seat.id} turn=${() => open(opened === seat.id ? "" : seat.id)} />`)}</ul>
  </section>`;
}

/** Who is here and sits nowhere yet: to be dragged, or put somewhere by a select. */
function Unseated({ people, groups, ask }) {
  const { store } = useHere();
  if (!people.length) return null;
  return html`<section class="column unseated"><h3>
    ${many(people.length, "{n} person has no group yet.", "{n} people have no group yet.")}</h3>
    <ul data-drags>
      ${people.map((person) => html`<li key=${person.id} data-drag=${`person:${person.id}`}><bdi>
        ${nameOf(store, person.id)}</bdi>
      <${GroupSelect} person=${person} groups=${groups} ask=${ask} /></li>`)}</ul></section>`;
}

function Spread({ groups }) {
  const here = useHere();
  const asked = spread(here.store, groups);
  if (!asked.length) return null;
  return html`<details class="spread" open><summary>${say("How the answers are spread")}</summary>
    <div class="scroll">${asked.map((attribute) => html`<table key=${attribute.id}>
      <thead><tr><th scope="col">
        ${attributeTitle(attribute, here)}${attribute.balanced && html` <small>${say("balanced")}</small>`}</th>
        ${groups.map((group) => html`<th scope="col" key=${group.id} class="num">${group.label}</th>`)}</tr></thead>
      <tbody>${attribute.values.map((value) => html`<tr key=${value.id}>
        <th scope="row">${answerTitle(attribute, value.id, here)}</th>
        ${value.counts.map((n, g) => html`<td key=${g} class="num ${n ? "" : "none"}">${n}</td>`)}</tr>`)}</tbody>
    </table>`)}</div></details>`;
}
