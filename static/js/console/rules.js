/** The rules by which groups are drawn, as sentences: what is spread, who sits together or apart, what every group
 * needs, and what matters more. */

import { html, useState } from "../../vendor/preact.js";
import { list, many, say } from "../lib/say.js";
import { workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { answerTitle, attributeOf, attributeTitle, nameOf } from "./names.js";

const MIXES = [-2, -1, 0, 1, 2];

/** A rule in words. */
export function ruleSaid(rule, here) {
  const names = list(rule.people.map((id) => nameOf(here.store, id)));
  switch (rule.rule) {
    case "together": return say("{names} sit together", { names });
    case "apart": return say("{names} do not sit together", { names });
    case "language": return say("Everybody in a group speaks one language; interpreters speak all");
    default: return rule.attribute === "interpreter"
      ? many(rule.least, "At least {n} interpreter in every group", "At least {n} interpreters in every group")
      : many(rule.least, "At least {n} person in every group with: {answer}",
        "At least {n} people in every group with: {answer}",
        { answer: answerTitle(attributeOf(here.store, rule.attribute), rule.value, here) });
  }
}

export function Rules() {
  const here = useHere();
  const [ask, { refused }] = useAsk();
  const [adding, add] = useState("");
  const there = rows(here.store, "rules");
  const { balance } = workshop(here.store);
  const close = () => add("");
  return html`<details class="rules" open=${there.length > 0}>
    <summary>${say("Rules of the draw")} <small>${told(there.length + (balance.length ? 1 : 0))}</small></summary>
    <div class="body">
      <${Spread} ask=${ask} />
      ${there.length > 0 && html`<ul class="sentences">${there.map((rule) => html`<li key=${rule.id}>
        <span>${ruleSaid(rule, here)}</span>
        <button type="button" class="icon" onClick=${() => ask({ kind: "DropRule", rule: rule.id })}>
          <${Icon} name="close" /><span class="sr">${say("Drop the rule: {rule}", { rule: ruleSaid(rule, here) })}</span>
        </button></li>`)}</ul>`}
      <div class="keys">
        ${[["together", say("Keep together")], ["apart", say("Keep apart")], ["least", say("In every group")]]
          .map(([kind, words]) => html`<button type="button" key=${kind} class="btn alt sm" aria-expanded=${adding === kind}
            onClick=${() => add(adding === kind ? "" : kind)}><${Icon} name="add" />${words}</button>`)}
        ${!there.some((rule) => rule.rule === "language") && html`<button type="button" class="btn alt sm"
          onClick=${() => ask({ kind: "AddRule", rule: "language" })}>
          <${Icon} name="add" />${say("One language in each group")}</button>`}
      </div>
      ${(adding === "together" || adding === "apart") && html`<${Choosing} key=${adding} kind=${adding} ask=${ask}
        close=${close} />`}
      ${adding === "least" && html`<${Least} ask=${ask} close=${close} />`}
      <${Mix} ask=${ask} />
      <p class="hint">${say("Everybody can see afterwards which rules a draw kept, without names.")}</p>
      <${Refused} refused=${refused} />
    </div>
  </details>`;
}

const told = (n) => (n ? many(n, "{n} rule", "{n} rules") : say("none yet"));

function Spread({ ask }) {
  const here = useHere();
  const { attributes, balance } = workshop(here.store);
  const all = [...attributes, ...(attributes.some((a) => a.id === "language") ? [] : [attributeOf(here.store, "language")])];
  const turn = (id, on) => ask({ kind: "SpreadBy",
    attributes: on ? [...balance, id] : balance.filter((name) => name !== id) });
  return html`<fieldset class="checks"><legend>${say("Spread people evenly by")}</legend>
    ${all.map((attribute) => html`<label key=${attribute.id} class="check"><input type="checkbox"
      checked=${balance.includes(attribute.id)} onChange=${(event) => turn(attribute.id, event.currentTarget.checked)} />
      ${attributeTitle(attribute, here)}</label>`)}</fieldset>`;
}

/** Two people or more, chosen from all who are here. */
function Choosing({ kind, ask, close }) {
  const { store, lang } = useHere();
  const [chosen, choose] = useState([]);
  const people = rows(store, "people").map(({ id }) => ({ id, name: nameOf(store, id) }))
    .sort((a, b) => a.name.localeCompare(b.name, lang, { numeric: true }));
  const turn = (id) => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const save = async () => (await ask({ kind: "AddRule", rule: kind, people: chosen })).ok && close();
  return html`<fieldset class="choosing"><legend>${kind === "together" ? say("Who sits together?")
    : say("Who does not sit together?")}</legend>
    <div class="names">${people.map(({ id, name }) => html`<label key=${id} class="check"><input type="checkbox"
      checked=${chosen.includes(id)} onChange=${() => turn(id)} /><bdi>${name}</bdi></label>`)}</div>
    <div class="keys"><button type="button" class="btn sm" disabled=${chosen.length < 2} onClick=${save}>
        ${say("Add the rule")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button></div></fieldset>`;
}

function Least({ ask, close }) {
  const here = useHere();
  const [least, count] = useState(1);
  const kinds = [{ key: "interpreter", words: say("interpreters"), attribute: "interpreter", value: "" },
    ...workshop(here.store).attributes.flatMap((attribute) => (attribute.values ?? []).map((value) => ({
      key: `${attribute.id}=${value.id}`, attribute: attribute.id, value: value.id,
      words: `${attributeTitle(attribute, here)}: ${answerTitle(attribute, value.id, here)}` })))];
  const [key, choose] = useState(kinds[0].key);
  const save = async () => {
    const { attribute, value } = kinds.find((kind) => kind.key === key);
    if ((await ask({ kind: "AddRule", rule: "least", attribute, value, least })).ok) close();
  };
  return html`<fieldset class="choosing"><legend>${say("Every group has at least")}</legend>
    <div class="keys">
      <label><span class="sr">${say("How many")}</span><input class="field sm few" type="number" min="1" max="100"
        value=${least} onInput=${(event) => count(Math.max(1, event.currentTarget.valueAsNumber || 1))} /></label>
      <label><span class="sr">${say("Of whom")}</span><select class="field sm" value=${key}
        onChange=${(event) => choose(event.currentTarget.value)}>
        ${kinds.map((kind) => html`<option key=${kind.key} value=${kind.key}>${kind.words}</option>`)}</select></label>
      <button type="button" class="btn sm" onClick=${save}>${say("Add the rule")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button></div></fieldset>`;
}

function Mix({ ask }) {
  const { store } = useHere();
  const { mix } = row(store, "mixes", "mix") ?? { mix: 0 };
  const words = [say("Meet new people, whatever the balance"), say("Rather meet new people"), say("Both alike"),
    say("Rather even groups"), say("Even groups, whoever meets again")];
  return html`<label class="mix"><span class="label">${say("If both cannot be had")}</span>
    <span class="ends"><span>${say("meet new people")}</span>
      <input type="range" min="-2" max="2" step="1" value=${mix} aria-valuetext=${words[MIXES.indexOf(mix)]}
        onChange=${(event) => ask({ kind: "SetMix", mix: event.currentTarget.valueAsNumber })} />
      <span>${say("even groups")}</span></span>
    <span class="hint">${words[MIXES.indexOf(mix)]}</span></label>`;
}
