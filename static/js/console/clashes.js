/** Why a draw cannot be: each contradiction between rules, in the words of who made them. */

import { html } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { useHere } from "./here.js";
import { nameOf } from "./names.js";

/** The sentences for the facts of a refusal {clashes} or {broken}, each once. */
export function clashesSaid({ clashes = [], broken = [] }, name) {
  const lonely = clashes.filter(({ kind }) => kind === "no_language").flatMap(({ people }) => people);
  const others = clashes.filter(({ kind }) => kind !== "no_language");
  if (lonely.length) others.push({ kind: "no_language", people: [...new Set(lonely)] });
  return [...new Set([...others.map((clash) => clashSaid(clash, name)), ...broken.map((rule) => brokenSaid(rule, name))])];
}

function clashSaid({ kind, people = [], group, groups, have, need }, name) {
  const names = list(people.map(name));
  switch (kind) {
    case "too_few_people": return many(groups, "There are fewer people than the {n} group that is to be made.",
      "There are fewer people than the {n} groups that are to be made.");
    case "together_larger_than_group": return say("{names} are to sit together, but no group is that large.", { names });
    case "together_vs_apart": return say("{names} are to sit together and apart at once.", { names });
    case "together_without_common_language": return say("{names} are to sit together but share no language.", { names });
    case "not_enough_tagged": return need
      ? many(have, "A rule asks for {need} such people in all groups together, but only {n} is here.",
        "A rule asks for {need} such people in all groups together, but only {n} are here.", { need })
      : say("A rule asks for more such people in a group than it has room for.");
    case "no_language": return say("Too few people here share a language with {names}.", { names });
    case "languages_do_not_fill_groups":
      return say("These groups cannot be filled with people who share a language. Make another number of groups.");
    case "pin_conflict": return say("{names} must be in one group, but are pinned to different ones.", { names });
    case "pin_vs_apart": return say("{names} must be apart, but are pinned to the same group.", { names });
    case "pins_overfill_group":
    case "too_many_large_pinned_groups": return say("More people are pinned to a group than it has room for.");
    case "pin_no_such_group": return say("{names} are pinned to a group that is no longer made.", { names });
    case "apart_clique": return say("{names} must all be apart, but there are too few groups for that.", { names });
    default: return group === undefined ? say("People who are pinned, together or apart do not fit into these groups.")
      : say("A group cannot be made like this.");
  }
}

/** A rule that is or would be broken. */
export function brokenSaid({ kind, people = [] }, name) {
  const names = list(people.map(name));
  switch (kind) {
    case "together": return say("{names} would not sit together.", { names });
    case "apart": return say("{names} would sit together, but are to be apart.", { names });
    case "pin": return say("{names} would leave the group to which they are pinned.", { names });
    case "common_language": return say("A group would have no common language.");
    default: return say("A group would lack somebody whom every group is to have.");
  }
}

export function Clashes({ facts }) {
  const { store } = useHere();
  return html`<ul class="clashes">${clashesSaid(facts, (id) => nameOf(store, id))
    .map((text) => html`<li key=${text}>${text}</li>`)}</ul>`;
}
