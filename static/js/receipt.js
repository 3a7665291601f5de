/** How the groups are drawn: what was promised beforehand, what everybody can add to chance, every draw with its reason,
 * and the receipt to keep. A page of its own, so that no phone loads it that doesn't ask. */

import { html, render } from "../vendor/preact.js";
import { newId } from "./lib/ids.js";
import { lang, many, refusal, say } from "./lib/say.js";
import { groupName, Shape } from "./parts/shape.js";
import { pick } from "./parts/text.js";

const root = document.getElementById("app");
const { workshop } = root.dataset;
const token = localStorage.getItem(`w/${workshop}`);
const shown = { draws: null, receipts: new Map(), error: null, luck: null };

/** "3f9a 22c1": the beginning of a digest, to be read out and compared. */
const short = (digest, n = 8) => digest.slice(0, n).match(/.{1,4}/g).join(" ");

async function call(path, body) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const reply = await fetch(`/api/workshops/${workshop}/${path}`, body
    ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  const answer = await reply.json();
  if (!answer.ok) throw answer.error;
  return answer;
}

async function load() {
  try {
    const first = await call("receipts/next");
    const numbers = first.receipt.draws.map((draw) => draw.number);
    const found = await Promise.all(numbers.map((n) => call(`receipts/${n}`)));
    Object.assign(shown, { next: first.receipt, draws: found, error: null, luck: first.luck,
      groups: first.groups });
  } catch (error) {
    shown.error = error?.code ? error : { code: "no-connection" };
  }
  draw();
}

async function addLuck() {
  const luck = String(crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000).padStart(6, "0");
  try {
    await call("asks", { id: newId(), do: { kind: "AddLuck", draw: shown.next.number, luck } });
  } catch (error) {
    shown.error = error?.code ? error : { code: "no-connection" };
  }
  load();
}

function save({ receipt }) {
  const file = new Blob([JSON.stringify(receipt, null, 1)], { type: "application/json" });
  const link = Object.assign(document.createElement("a"),
    { href: URL.createObjectURL(file), download: `baraza-receipt-${receipt.number}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const why = (reason) => ({
  first: say("It was the first draw."), later: say("A session had been held since: later groups were drawn anew."),
  people: say("People had come or left."), rules: say("A rule had been changed."),
  again: say("Other groups were wanted."),
})[reason];

const time = (ms) => new Date(ms).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });

function Page() {
  const { draws, next, error } = shown;
  return html`<div class="p"><header class="p-top"><a class="btn quiet sm" href=${`/p/${workshop}`}>${say("Back")}</a></header>
    <main class="p-main"><h1>${say("Your groups and the draw")}</h1>
    ${error && html`<p class="note" role="status">${refusal(error)}</p>`}
    ${!draws && !error && html`<p class="hint">${say("One moment …")}</p>`}
    ${shown.groups?.length > 0 && html`<section class="panel"><h2>${say("Your groups")}</h2>
      <ul class="own">${shown.groups.map((group) => html`<li key=${group.session} data-g=${group.label[0]}>
        <${Shape} label=${group.label} size=${44} name=${groupName(group.label)} />
        <span><b dir="auto">${pick(group.title, lang, [])}</b><br />${groupName(group.label)}${
          pick(group.place, lang, []) && ` · ${pick(group.place, lang, [])}`}</span></li>`)}</ul></section>`}
    ${next && html`<section class="panel"><h2>${say("The next draw")}</h2>
      <p>${say("The computer has chosen its secret already and published a seal of it. It cannot take another one any more, whoever comes.")}</p>
      ${next.commitment && html`<p class="num"><b>${say("Seal: {seal}", { seal: short(next.commitment, 16) })}</b></p>`}
      <p>${say("The list of people, what is called out in the room, and the numbers of phones decide together with it.")}</p>
      ${shown.luck ? html`<p><b>${say("Your number is {luck}. It will stand in the receipt.", { luck: shown.luck })}</b></p>`
        : html`<button type="button" class="btn alt" onClick=${addLuck}>${say("Add a number of my own")}</button>`}
      ${next.luck.length > 0 && html`<p class="hint">
        ${many(next.luck.length, "{n} phone has added a number.", "{n} phones have added a number.")}</p>`}
    </section>`}
    ${draws?.toReversed().map(({ receipt, you }) => html`<${Drawn} key=${receipt.number} receipt=${receipt} you=${you} />`)}
    ${draws?.length > 0 && html`<section><h2>${say("How to check it")}</h2>
      <p>${say("Save the receipt. Anybody who has Baraza can draw it again, on any computer:")}</p>
      <p><code>python3 run.py verify baraza-receipt-1.json</code></p>
      <p>${say("It compares the seal with the secret, draws the groups again, and follows every change that was made by hand.")}</p>
    </section>`}
    </main></div>`;
}

function Drawn({ receipt, you }) {
  const changes = receipt.entries.length;
  return html`<section class="panel"><h2>${say("Draw {n}", { n: receipt.number })}</h2>
    <p>${why(receipt.draws.find((one) => one.number === receipt.number).reason)} <span class="hint">${time(receipt.drawn_at)}</span></p>
    ${receipt.words && html`<p dir="auto">${say("Called out in the room: {words}", { words: receipt.words })}</p>`}
    <p class="num">${say("Seal: {seal}", { seal: short(receipt.commitment, 16) })}<br />
      ${say("Check code: {code}", { code: short(receipt.digest) })}</p>
    ${changes > 0 && html`<p>${many(changes, "{n} seat was changed by hand afterwards.",
      "{n} seats were changed by hand afterwards.")}</p>`}
    ${you && html`<p class="hint">${say("In this receipt you are {id}. Nobody else can tell.", { id: you })}</p>`}
    <p class="hint">${receipt.complete ? say("All its groups are known, so it can be checked.")
      : say("It can be checked once the groups of all its sessions are known; until then the secret would tell them.")}</p>
    <button type="button" class="btn alt" onClick=${() => save({ receipt })}>${say("Save the receipt")}</button></section>`;
}

const draw = () => render(html`<${Page} />`, root);

if (!token) location.replace("/");
else {
  draw();
  load();
}
