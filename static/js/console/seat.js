/** One person in a group that is being made: pin, swap, move. And what a swap would cost, before it is done. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Refused, useAsk } from "./asking.js";
import { brokenSaid } from "./clashes.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { nameOf } from "./names.js";
import { GroupSelect } from "./people.js";

/** `swap` is {from, choose(seat)}: whom somebody is being swapped with. `told`: what else is said of them. `open`: this
 * one shows what can be done with them; `turn()` opens or closes it. */
export function Seat({ seat, session, groups, ask, swap, told, open, turn }) {
  const { store } = useHere();
  const pinned = Boolean(row(store, "pins", seat.id));
  const from = swap.from;
  const with_ = from && from.group !== seat.group;
  const pins = session.grouping === "random" && !session.drawn;
  const pin = () => ask({ kind: "PinSeat", session: session.id, person: seat.person, on: !pinned });
  return html`<li data-drag=${`person:${seat.person}`} class=${from?.id === seat.id ? "swapping" : ""}>
    <div class="sitting"><span><bdi>${seat.name}</bdi><small>${told}</small></span>
      ${pinned && html`<${Icon} name="pin" /><span class="sr">${say("stays when it is drawn again")}</span>`}
      ${with_ ? html`<button type="button" class="btn alt sm" onClick=${() => swap.choose(seat)}>${say("Swap here")}
          <span class="sr">${seat.name}</span></button>`
        : html`<button type="button" class="icon" aria-expanded=${open} onClick=${turn}><${Icon} name="more" />
          <span class="sr">${say("Move, swap or pin {name}", { name: seat.name })}</span></button>`}</div>
    ${open && !with_ && html`<div class="seat-keys">
      ${pins && html`<button type="button" class="btn alt sm" aria-pressed=${pinned} onClick=${pin}>
        <${Icon} name="pin" />${say("Stays here")}</button>`}
      <button type="button" class="btn alt sm" aria-pressed=${from?.id === seat.id} onClick=${() => swap.choose(seat)}>
        <${Icon} name="swap" />${say("Swap …")}</button>
      <${GroupSelect} person=${{ id: seat.person }} seat=${seat} groups=${groups} ask=${ask} /></div>`}
  </li>`;
}

/** Asks what swapping `a` and `b` would cost, says it, and does it. */
export function Swap({ session, a, b, done }) {
  const { store } = useHere();
  const [question, { refused }] = useAsk();
  const [ask, acting] = useAsk();
  const [cost, tell] = useState(null);
  const seats = { [a.person]: b.group, [b.person]: a.group };
  useEffect(() => {
    question({ kind: "PreviewSeats", session: session.id, seats }).then((answer) => answer.ok && tell(answer.told));
  }, []);
  const name = (id) => nameOf(store, id);
  const swap = async () => (await ask({ kind: "SeatPeople", session: session.id, seats })).ok && done();
  return html`<${Confirm} title=${say("Swap {a} and {b}?", { a: name(a.person), b: name(b.person) })} yes=${say("Swap them")}
    busy=${acting.busy || !cost} onYes=${swap} onNo=${done}>
    ${!cost && !refused && html`<p class="hint">${say("Working out what it would change …")}</p>`}
    ${cost && html`<ul class="costs">${costs(cost, name).map(({ good, text }) => html`<li key=${text}
      class=${good ? "good" : "so"}>${good && html`<${Icon} name="check" />`}${text}</li>`)}</ul>`}
    <${Refused} refused=${refused ?? acting.refused} /><//>`;
}

/** What a change costs, in sentences: [{good, text}]. */
export function costs({ repeats, imbalance, breaks }, name) {
  const said = breaks.map((rule) => ({ good: false, text: brokenSaid(rule, name) }));
  const tell = (good, text) => said.push({ good, text });
  if (repeats > 0) tell(false, many(repeats, "{n} more meeting of people who have met.",
    "{n} more meetings of people who have met."));
  else if (repeats < 0) tell(true, many(-repeats, "{n} fewer meeting of people who have met.",
    "{n} fewer meetings of people who have met."));
  else tell(true, say("As many new meetings as before."));
  if (imbalance > 0) tell(false, many(imbalance, "Less even: {n} person more would have to sit elsewhere.",
    "Less even: {n} people more would have to sit elsewhere."));
  else if (imbalance < 0) tell(true, say("The groups become more even."));
  else tell(true, say("The groups stay as even as they are."));
  return said;
}
