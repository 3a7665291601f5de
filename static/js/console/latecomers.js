/** Who has just come: seated already, or waiting for a group. */

import { html, useRef, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { groups as groupsOf, seatOf } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Refused, useAsk } from "./asking.js";
import { stepNow } from "./course.js";
import { useHere } from "./here.js";
import { nameOf } from "./names.js";

const NAMED = 6;

/** Where to seat people so that groups stay even: [[person, group]], each into the smallest then. */
export function places(people, groups) {
  const sizes = new Map(groups.map((group) => [group, group.size]));
  return people.map((person) => {
    const [group] = [...sizes].reduce((least, one) => (one[1] < least[1] ? one : least));
    sizes.set(group, sizes.get(group) + 1);
    return [person, group];
  });
}

export function Latecomers() {
  const { store } = useHere();
  const session = row(store, "sessions", stepNow(store)?.session);
  if (!session?.drawn) return null;
  const groups = groupsOf(store, session.id);
  const people = rows(store, "people").filter((person) => !person.away);
  const without = people.filter((person) => !seatOf(store, session.id, person.id)).map((person) => person.id);
  return html`${without.length > 0 && groups.length > 0 && html`<${Waiting} session=${session.id} people=${without} groups=${groups} />`}
    <${Arrived} key=${session.id} session=${session} people=${people} />`;
}

function Waiting({ session, people, groups }) {
  const { store } = useHere();
  const [ask, { refused }] = useAsk();
  const chosen = places(people, groups);
  const labels = [...new Set(chosen.map(([, group]) => group.label))].sort();
  return html`<section class="todo" role="status">
    <p><b>${many(people.length, "{n} person has no group yet.", "{n} people have no group yet.")}</b>
      ${people.length <= NAMED && html`<span>${list(people.map((person) => nameOf(store, person)))}</span>`}</p>
    <button type="button" class="btn alt sm"
      onClick=${() => ask({ kind: "SeatPeople", session,
        seats: Object.fromEntries(chosen.map(([person, group]) => [person, group.id])) })}>
      ${labels.length > 1 ? say("Place them in {groups}", { groups: list(labels) })
        : say("Place in {groups}", { groups: labels[0] })}</button>
    <${Refused} refused=${refused} />
  </section>`;
}

/** People who came after the groups were out and have been seated by the program, since this page was opened. */
function Arrived({ session, people }) {
  const { store } = useHere();
  const known = useRef(null);
  const [, hide] = useState(0);
  const seated = people.filter((person) => seatOf(store, session.id, person.id));
  known.current ??= new Set(people.map((person) => person.id));
  const fresh = seated.filter((person) => !known.current.has(person.id));
  if (!fresh.length) return null;
  const dismiss = () => {
    for (const { id } of people) known.current.add(id);
    hide((n) => n + 1);
  };
  return html`<section class="todo calm" role="status">
    <p><b>${many(fresh.length, "{n} person has just arrived.", "{n} people have just arrived.")}</b></p>
    <ul>${fresh
      .map((person) => html`<li key=${person.id}><bdi>${nameOf(store, person.id)}</bdi>: ${say("Group {label}", {
      label: row(store, "groups", seatOf(store, session.id, person.id).group)?.label ?? "" })}</li>`)}</ul>
    <button type="button" class="btn quiet sm" onClick=${dismiss}>${say("Understood")}</button>
  </section>`;
}
