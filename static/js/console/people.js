/** The people: who is here, in which group, and what they may do. */

import { html, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, seatOf, sessions, workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { languageName, pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { Choose } from "./choose.js";
import { stepNow } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { answerTitle, attributeTitle, nameOf } from "./names.js";
import { answersOf } from "./score.js";

const SEARCHED = 12;

export function People() {
  const { store, lang, languages } = useHere();
  const [words, search] = useState("");
  const session = sessionOfSeats(store);
  const groups = session ? groupsOf(store, session.id) : [];
  const { attributes } = workshop(store);
  const people = rows(store, "people").map((person) => ({ ...person, name: nameOf(store, person.id) }))
    .sort((a, b) => a.name.localeCompare(b.name, lang, { numeric: true }));
  const found = people.filter((person) => person.name.toLocaleLowerCase(lang).includes(words.toLocaleLowerCase(lang)));
  const away = people.filter((person) => person.away).length;
  return html`<section class="page people">
    <h2>${many(people.length, "{n} person", "{n} people")}${away > 0 && html` <small>
      ${many(away, "{n} away", "{n} away")}</small>`}</h2>
    ${people.length > SEARCHED && html`<label class="search"><span class="sr">${say("Find a name")}</span>
      <input class="field" type="search" placeholder=${say("Find a name")} value=${words}
        onInput=${(e) => search(e.currentTarget.value)} /></label>`}
    ${people.length === 0 && html`<p>${say("Nobody has joined yet. Open the doors and show the code.")}</p>`}
    ${found.length > 0 && html`<div class="scroll"><table>
      <thead><tr><th scope="col">${say("Name")}</th>
        ${attributes.map((a) => html`<th scope="col" key=${a.id}>${attributeTitle(a, { lang, languages })}</th>`)}
        <th scope="col">${say("Language")}</th>
        ${groups.length > 0 && html`<th scope="col">
          ${say("Group in {session}", { session: pick(session.title, lang, languages) })}</th>`}
        <th scope="col">${say("Interpreter")}</th><th scope="col">${say("Away")}</th>
        <th scope="col"><span class="sr">${say("Forget")}</span></th></tr></thead>
      <tbody>${found
        .map((person) => html`<${Row} key=${person.id} ...${{ person, attributes, groups, session }} />`)}</tbody>
    </table></div>`}
  </section>`;
}

/** The session whose seats matter now: the one that the room is in, else the latest that has groups. */
function sessionOfSeats(store) {
  const now = row(store, "sessions", stepNow(store)?.session);
  if (now && groupsOf(store, now.id).length) return now;
  return sessions(store).reverse().find((session) => session.drawn && groupsOf(store, session.id).length);
}

function Row({ person, attributes, groups, session }) {
  const { store, lang, languages } = useHere();
  const [ask, { refused }] = useAsk();
  const [asking, forget] = useState(false);
  const answers = answersOf(store, person.id);
  const seat = session && seatOf(store, session.id, person.id);
  const check = (words, on, command) => html`<td><label class="check"><input type="checkbox" checked=${on}
    onChange=${(event) => ask(command(event.currentTarget.checked))} /><span class="sr">${words}: ${person.name}</span>
      </label></td>`;
  return html`<tr class=${person.away ? "away" : ""}>
    <th scope="row"><bdi>${person.name}</bdi>${seat?.rapporteur && html` <span class="tag">${say("reports")}</span>`}
      <${Refused} refused=${refused} /></th>
    ${attributes.map((attribute) => html`<td key=${attribute.id}>
      ${answerTitle(attribute, answers[attribute.id], { lang, languages })}</td>`)}
    <td>${languageName(person.lang)}</td>
    ${groups.length > 0 && html`<td><${GroupSelect} person=${person} seat=${seat} groups=${groups} ask=${ask} /></td>`}
    ${check(say("Interpreter"), person.interpreter, (on) => ({ kind: "SetInterpreter", person: person.id, on }))}
    ${check(say("Away"), person.away, (away) => ({ kind: "SetAway", person: person.id, away }))}
    <td><button type="button" class="icon" onClick=${() => forget(true)}><${Icon} name="trash" />
        <span class="sr">${say("Forget {name}", { name: person.name })}</span></button>
      ${asking && html`<${Confirm} title=${say("Forget {name}?", { name: person.name })} yes=${say("Forget for ever")}
        onYes=${() => ask({ kind: "ForgetPerson", person: person.id })} onNo=${() => forget(false)}>
          <p>${say("Name, answers and seats are erased from this server. The cards stay, as nobody’s.")}</p>
          <p>${say("Their phone is out, and would join as somebody new. It cannot be undone.")}</p><//>`}</td>
  </tr>`;
}

/** Moving somebody to another group. */
export function GroupSelect({ person, seat, groups, ask }) {
  const { store } = useHere();
  const move = (group) => ask({ kind: "SeatPeople", session: groups[0].session, seats: { [person.id]: group || null } });
  return html`<${Choose} label=${say("Group of {name}", { name: nameOf(store, person.id) })} value=${seat?.group ?? ""}
    class="sm" onChoose=${move}>
      <option value="" disabled=${!seat}>–</option>
      ${groups.map((group) => html`<option key=${group.id} value=${group.id}>${group.label}</option>`)}<//>`;
}
