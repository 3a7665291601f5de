/** Other ways to come to groups than the agenda's: the same again, by an answer, by hand, by lot. One tap each. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";
import { groups as groupsOf, sessions, workshop } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { pick } from "../parts/text.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { attributeTitle } from "./names.js";

/** Whether somebody brought a list of names for the session. */
export const listed = (store, session) => Boolean(row(store, "lists", session.id)?.groups);

export function Ways({ session }) {
  const here = useHere();
  const { store, lang, languages } = here;
  const [ask, { refused }] = useAsk();
  const before = sessions(store).findLast((one) => one.drawn && one.pos < session.pos && groupsOf(store, one.id).length);
  const choose = (grouping, more = {}) => ({ kind: "ChooseGrouping", session: session.id, grouping, ...more });
  const make = { kind: "MakeGroups", session: session.id };
  const random = session.grouping === "random";
  const ways = [
    !random && [say("By lot"), [choose("random")]],
    before && session.grouping !== "same" && [say("The same groups as in: {session}",
      { session: pick(before.title, lang, languages) }), [choose("same"), make]],
    ...workshop(store).attributes.filter((a) => a.id !== session.attribute || session.grouping !== "attribute")
      .map((a) => [say("One group for each answer to: {attribute}", { attribute: attributeTitle(a, here) }),
        [choose("attribute", { attribute: a.id }), make]]),
    session.grouping !== "hand" && [listed(store, session) ? say("From the list") : say("By hand"), [choose("hand"), make]],
  ].filter(Boolean);
  return html`<details class="ways"><summary>${say("Groups in another way")}</summary>
    <div class="keys">${ways.map(([words, commands]) => html`<button type="button" key=${words} class="btn alt sm"
      onClick=${() => ask(...commands)}>${words}</button>`)}</div>
    <p class="hint">${say("A list of names and groups can be brought as a file at the desk.")}</p>
    <${Refused} refused=${refused} /></details>`;
}
