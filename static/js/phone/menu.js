/** Everything that isn't this moment: past boards, themes, one's name and language, leaving. */

import { html, useState } from "../../vendor/preact.js";
import { LIMITS } from "../protocol.js";
import { wipe } from "../lib/outbox.js";
import { many, refusal, say } from "../lib/say.js";
import { nameOf, proposals, row, rows, seatOf, sessions, themes } from "../lib/select.js";
import { Icon } from "../parts/icons.js";
import { languageName } from "../parts/text.js";

/** `go(view)`: null for what happens now, {board}, {report}, {themes} or {proposals}. `spoken`: the page's languages. */
export function Menu({ here, go, tell }) {
  const { line, store, me, pick, over } = here;
  const item = (view, title, hint) => html`<li><button type="button" class="act" onClick=${() => go(view)}>
    <span>${title}${hint && html`<small>${hint}</small>`}</span><${Icon} name="arrow" flip /></button></li>`;
  const there = sessions(store).flatMap((session) => {
    const board = session.kind === "plenary" ? session.id : seatOf(store, session.id, me)?.group;
    const used = board && rows(store, "steps").some((s) => s.id === `${session.id}/work` && s.state !== "waiting");
    const label = board && row(store, "groups", board)?.label;
    const title = pick(session.title);
    return [
      used && item({ board }, title, label ? say("Your group’s board ({label})", { label }) : say("Everybody’s board")),
      row(store, "presenting", session.id) && session.kind === "groups"
        && item({ report: session }, title, say("What the groups reported")),
      themes(store, session.id).length > 0 && item({ themes: session }, title, say("Themes")),
    ].filter(Boolean);
  });
  const kept = line.outbox.entries.filter((e) => e.kept);
  return html`<main class="p-main"><h1 class="sr">${say("Menu")}</h1>
    <ul class="menu">
      ${!over && item(null, say("What happens now"))}
      ${there}
      ${proposals(store).length > 0 && item({ proposals: true }, say("Joint proposals"))}
      <li><a class="act" href=${`${location.pathname}/draws`}>${say("Your groups and the draw")}</a></li>
    </ul>
    ${!over && html`<${Name} here=${here} tell=${tell} /><${Language} here=${here} />`}
    ${kept.length > 0 && html`<section><h2>${say("Kept on this phone")}</h2><ul class="cards">
      ${kept.map((e) => html`<li class="card wait" key=${e.id}><p dir="auto">${e.do.text}</p><footer>
        <button type="button" class="btn quiet sm" onClick=${() => line.outbox.remove(e.id).then(line.draw)}>${say("Delete")}
        </button></footer></li>`)}</ul></section>`}
    ${!over && html`<div class="ends"><${Leave} line=${line} /><${Forget} line=${line} tell=${tell} /></div>`}
  </main>`;
}

function Name({ here: { line, store, me }, tell }) {
  const [name, type] = useState(nameOf(store, me));
  async function save(event) {
    event.preventDefault();
    const answer = await line.ask({ kind: "Rename", name: name.trim() });
    tell(answer.ok ? say("Your name is changed.") : refusal(answer.error));
  }
  return html`<form class="line" onSubmit=${save}><label class="label" for="name">${say("Your name here")}</label>
    <input class="field" id="name" autocomplete="off" maxlength=${LIMITS.Rename.name} value=${name}
      onInput=${(e) => type(e.target.value)} />
    <button class="btn alt" disabled=${!name.trim()}>${say("Change")}</button></form>`;
}

function Language({ here: { line, lang, languages } }) {
  const { spoken = "en" } = document.getElementById("app").dataset;
  const all = [...new Set([...spoken.split(" "), ...languages])];
  async function speak(event) {
    const chosen = event.target.value;
    await Promise.race([line.ask({ kind: "Describe", lang: chosen }), new Promise((go) => setTimeout(go, 1500))]);
    location.search = `?lang=${chosen}`;
  }
  return html`<div><label class="label" for="lang">${say("Your language")}</label>
    <select class="field" id="lang" value=${lang} onChange=${speak}>
      ${all.map((l) => html`<option value=${l}>${languageName(l)}</option>`)}</select></div>`;
}

function Leave({ line }) {
  const waiting = line.outbox.entries.filter((e) => !e.kept).length;
  return html`<${Sure} name=${say("Leave this phone")} yes=${say("Wipe and leave")} onYes=${() => leave(line)}>
    <p>${say("Everything about this workshop is wiped from this phone. Cards that were sent stay on the boards.")}</p>
    ${waiting > 0 && html`<p class="wrong">${many(waiting, "{n} card has not been sent yet and will be lost.",
      "{n} cards have not been sent yet and will be lost.")}</p>`}<//>`;
}

function Forget({ line, tell }) {
  async function forget() {
    if (line.net !== "connected") return tell(refusal({ code: "no-connection" }));
    const answer = await line.ask({ kind: "ForgetPerson" });
    return answer.ok ? leave(line) : tell(refusal(answer.error));
  }
  return html`<${Sure} name=${say("Erase everything about me here")} yes=${say("Erase everything")} onYes=${forget}>
    <p>${say("Your name, your answers and your seat are erased from the server, for ever. Your cards stay, without author: "
      + "erase one by its own menu, before.")}</p>
    <p>${say("Then this phone is wiped as well. It cannot be undone.")}</p><//>`;
}

function leave(line) {
  line.close();
  wipe().then(() => location.replace("/"));
}

/** What cannot be taken back: `children` say what happens, the second tap does it. */
function Sure({ name, yes, onYes, children }) {
  const [sure, ask] = useState(false);
  if (!sure) return html`<button type="button" class="btn quiet" onClick=${() => ask(true)}>${name}</button>`;
  return html`<div class="panel leave" role="alert">${children}
    <button type="button" class="btn danger" onClick=${onYes}>${yes}</button>
    <button type="button" class="btn quiet" onClick=${() => ask(false)}>${say("Stay")}</button></div>`;
}
