/** Groups before everybody knows them: how good they are, who sits where, and what can be changed. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, seatOf, seats as seatsOf, workshop } from "../lib/select.js";
import { rows } from "../lib/tables.js";
import { groupName, letterOf, Shape } from "../parts/shape.js";
import { Icon } from "../parts/icons.js";
import { Refused, useAsk } from "./asking.js";
import { useDragging } from "./dragging.js";
import { useHere } from "./here.js";
import { answerTitle, attributeOf, attributeTitle, groupTitle, nameOf } from "./names.js";
import { GroupSelect } from "./people.js";
import { answersOf, sentences, spread } from "./score.js";

export function Draw({ session }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const groups = groupsOf(store, session.id);
  const here = rows(store, "people").filter((person) => !person.away);
  const drop = (person, group) => ask({ kind: "SeatPeople", session: session.id, seats: { [person.slice(7)]: group.slice(6) } });
  const ref = useDragging(drop, (dragged, target) => dragged.startsWith("person:") && target.startsWith("group:"));
  return html`<section class="draw" ref=${ref}>
    ${groups.length === 0 ? html`<${Before} session=${session} people=${here.length} />` : html`
      <${Score} session=${session} groups=${groups} />
      <${Refused} refused=${refused} />
      <div class="columns">
        ${groups.map((group) => html`<${Column} key=${group.id} ...${{ group, groups, ask }} />`)}</div>
      <${Unseated}
        people=${here.filter((person) => !seatOf(store, session.id, person.id))} groups=${groups} ask=${ask} />
      <${Spread} groups=${groups} />`}
  </section>`;
}

function Before({ session, people }) {
  const here = useHere();
  const how = {
    random: many(session.groups, "Drawn by lot into {n} group, balanced and remembering who already met.",
      "Drawn by lot into {n} groups, balanced and remembering who already met."),
    attribute: say("One group for each answer to: {attribute}", {
      attribute: attributeTitle(attributeOf(here.store, session.attribute), here) }),
    same: say("The same groups as last time."),
    hand: many(session.groups, "{n} empty group that you fill by hand.", "{n} empty groups that you fill by hand."),
  }[session.grouping];
  return html`<p class="lead">${many(people, "{n} person is here.", "{n} people are here.")} ${how}</p>`;
}

function Score({ session, groups }) {
  const { store } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const draw = rows(store, "draws").filter((d) => d.sessions.includes(session.id))
    .sort((a, b) => b.number - a.number)[0];
  const random = session.grouping === "random" && draw;
  const moved = random
    && groups.some((group) => seatsOf(store, group.id).some((seat) => seat.moved_at > draw.drawn_at));
  return html`<div class="score">
    ${random && html`<h3>${say("Draw {n}", { n: draw.number })}</h3>
      <p>${sentences(draw.report, draw.sessions.length)
        .map(({ text, good }) => html`<span key=${text} class=${good ? "good" : "so"}>
        ${good && html`<${Icon} name="check" />`} ${text} </span>`)}
        ${draw.sessions.length > 1 && html`<span class="hint">
          ${many(draw.sessions.length, "(Counted over {n} session drawn together.)",
          "(Counted over {n} sessions drawn together.)")}</span>`}
        ${moved && html`<span
          class="hint"> ${say("(Somebody has been moved since; this is about the draw.)")}</span>`}</p>`}
    ${!session.drawn && session.grouping !== "hand" && html`<button type="button" class="btn alt sm"
      onClick=${() => ask(random ? { kind: "DrawGroups" } : { kind: "MakeGroups", session: session.id })}>
      ${busy ? say("Drawing …") : random ? say("Draw again (draw {n})", { n: draw.number + 1 })
        : say("Make them anew")}</button>`}
    ${session.drawn && html`<p class="note calm">${say("Everybody knows these groups.")}</p>`}
    <${Refused} refused=${refused} />
  </div>`;
}

function Column({ group, groups, ask }) {
  const here = useHere();
  const { store, lang } = here;
  const seats = seatsOf(store, group.id).map((seat) => ({ ...seat, name: nameOf(store, seat.person) }))
    .sort((a, b) => b.rapporteur - a.rapporteur || a.name.localeCompare(b.name, lang, { numeric: true }));
  const { balance } = workshop(store);
  const told = ({ person, rapporteur }) => [
    rapporteur && say("reports back"),
    ...balance.map((id) => answerTitle(attributeOf(store, id), answersOf(store, person)[id], here)),
  ].filter(Boolean).join(" · ");
  return html`<section class="column" data-g=${letterOf(group.label)} data-drop=${`group:${group.id}`}
    aria-label=${groupName(group.label)}>
    <header><${Shape} label=${group.label} /><h3>${groupTitle(group, here)}
      <small>${many(seats.length, "{n} person", "{n} people")}</small>
      ${seats.length > 0 && !seats[0].rapporteur && html`<small class="so">
        ${say("nobody reports back yet")}</small>`}</h3></header>
    <ul data-drags>${seats.map((seat) => html`<li key=${seat.person} data-drag=${`person:${seat.person}`}>
      <span><bdi>${seat.name}</bdi>
        <small>${told(seat)}</small></span>
      <${GroupSelect} person=${{ id: seat.person }} seat=${seat} groups=${groups} ask=${ask} /></li>`)}</ul>
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
