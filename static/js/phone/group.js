/** The band that says who you are in this session: colour, shape, letter, place, with whom, who reports back. */

import { html } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { nameOf, seats, workshop } from "../lib/select.js";
import { Shape, shapeName } from "../parts/shape.js";

/** What a group made by an attribute shares, in words. */
function shared({ store, pick, session, group }) {
  const asked = workshop(store).attributes.find((a) => a.id === session.attribute);
  const value = asked?.values?.find((v) => v.id === group.title);
  return pick(value?.title) || group.title;
}

export function Group({ here }) {
  const { store, me, group, pick, session } = here;
  const others = seats(store, group.id).filter((s) => s.person !== me);
  const names = others.map((s) => nameOf(store, s.person)).filter(Boolean);
  const nameless = others.length - names.length;
  if (nameless) names.push(many(nameless, "{n} more person", "{n} more people"));
  const reporter = seats(store, group.id).find((s) => s.rapporteur);
  const assignment = pick(session.assignments[group.label]);
  return html`<section class="yg" data-g=${group.label[0]} aria-labelledby="yg">
    <${Shape} label=${group.label} blank name=${shapeName(group.label)} />
    <h1 id="yg">${say("You are in group {label}", { label: group.label })}</h1>
    <p>${[shared(here), pick(group.place)].filter(Boolean).join(" · ") || shapeName(group.label)}</p>
    ${names.length > 0 && html`<p class="who"><bdi>${say("With {names}", { names: list(names) })}</bdi></p>`}
    ${reporter && html`<p class="who">${reporter.person === me ? say("You report back for your group.")
      : say("{name} reports back.", { name: nameOf(store, reporter.person) || say("One of you") })}</p>`}
    ${assignment && html`<p class="who task"><b>${say("Your task")}</b> ${assignment}</p>`}
  </section>`;
}
