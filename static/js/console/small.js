/** Groups that became too small: joined with others, or spread over them, after a look at who would sit where. */

import { html, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { groups as groupsOf, seats as seatsOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { Refused, useAsk } from "./asking.js";
import { stepNow } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { nameOf } from "./names.js";

const LEAST = 3;

/** Groups of fewer than three people who are here, where another group could take them: [{group, here}]. */
export function small(store, session) {
  const groups = groupsOf(store, session.id);
  const counted = groups.map((group) => ({ group, seats: seatsOf(store, group.id) }))
    .filter(({ seats }) => seats.length > 0)
    .map(({ group, seats }) => ({ group, here: seats.filter((seat) => !row(store, "people", seat.person)?.away).length }));
  const few = counted.filter(({ here }) => here < LEAST);
  return few.length && counted.length > 1 ? few : [];
}

export function Small() {
  const { store } = useHere();
  const session = row(store, "sessions", stepNow(store)?.session);
  const [question, { busy, refused }] = useAsk();
  const [plan, show] = useState(null);
  if (!session?.drawn) return null;
  const few = small(store, session);
  if (!few.length) return null;
  const look = async () => {
    const answer = await question({ kind: "PreviewMerge", session: session.id, least: LEAST });
    if (answer.ok) show(answer.told);
  };
  const labels = few.map(({ group }) => group.label);
  return html`<section class="todo" role="status">
    <p><b>${many(few.length, "Group {labels} has become small.", "Groups {labels} have become small.",
      { labels: list(labels) })}</b>
      <span>${list(few.map(({ group, here }) => say("{label}: {n} here", { label: group.label, n: here })))}</span></p>
    <button type="button" class="btn alt sm" aria-disabled=${busy} onClick=${look}>${say("Join it with others …")}</button>
    <${Refused} refused=${refused} />
    ${plan && html`<${Joining} session=${session} plan=${plan} close=${() => show(null)} />`}
  </section>`;
}

function Joining({ session, plan, close }) {
  const { store } = useHere();
  const [ask, { busy, refused }] = useAsk();
  const moves = Object.entries(plan.seats);
  const label = (group) => row(store, "groups", group)?.label;
  const join = async () => (await ask({ kind: "SeatPeople", session: session.id, ...plan })).ok && close();
  if (!moves.length && !plan.dissolved.length) {
    return html`<${Confirm} title=${say("No other group can take them")} yes=${say("Understood")} onYes=${close} onNo=${close}>
      <p>${say("Move people by hand, or leave the groups as they are.")}</p><//>`;
  }
  return html`<${Confirm} title=${many(plan.dissolved.length, "Dissolve group {labels}?", "Dissolve groups {labels}?",
    { labels: list(plan.dissolved.map(label)) })} yes=${say("Join the groups")} busy=${busy} onYes=${join} onNo=${close}>
    <ul>${moves.map(([person, group]) => html`<li key=${person}><bdi>${nameOf(store, person)}</bdi>: ${group
      ? say("Group {label}", { label: label(group) }) : say("away, gives up the seat")}</li>`)}</ul>
    <p>${say("Cards that were written stay, and still count for the group.")}</p>
    <${Refused} refused=${refused} /><//>`;
}
