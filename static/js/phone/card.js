/** A card on the own board: one tap opens what can be done with it. */

import { html, useState } from "../../vendor/preact.js";
import { LIMITS } from "../protocol.js";
import { refusal, say } from "../lib/say.js";
import { row, rows, sections } from "../lib/select.js";
import { Card } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { words } from "../parts/text.js";
import { author } from "./here.js";
import { Translate } from "./translate.js";

/** `writing`: the board takes changes; `again(card)` puts a refused card's words back where they are written;
 * `before` is the card above it in its section, `after` the one below. */
export function BoardCard({ here, card, session, writing, again, before, after, tell }) {
  const { line, store, lang } = here;
  const [open, turn] = useState(false);
  const [doing, start] = useState("");
  const translations = rows(store, "translations").filter((t) => t.card === card.id);
  const shown = words(card, translations, lang);
  const who = author(here, card);
  const mine = who === "me";

  function close() {
    turn(false);
    start("");
  }

  async function ask(command) {
    close();
    const answer = await line.ask({ card: card.id, ...command });
    if (!answer.ok && command.kind !== "EditCard") tell(refusal(answer.error));
  }

  if (card.error) return html`<${RefusedCard} ...${{ here, card, again, writing }} />`;
  const act = (icon, text, onClick) => html`<button type="button" class="act" onClick=${onClick}>
    <${Icon} name=${icon} />${text}</button>`;
  const place = (below) => ask({ kind: "MoveCard", section: card.section, after: below ?? null });
  const menu = () => html`
    ${mine && act("edit", say("Change the words"), () => start("edit"))}
    ${before && act("up", say("Move up"), () => place(before.above))}
    ${after && act("down", say("Move down"), () => place(after.id))}
    ${sections(store, session.id).filter((s) => s.id !== card.section).map((s) =>
      act("move", say("Move to {section}", { section: here.pick(s.title) }),
        () => ask({ kind: "MoveCard", section: s.id, after: lastOf(here, card.board, s.id) })))}
    ${card.state === "on" ? act("clock", say("Park for later"), () => ask({ kind: "TakeCard", to: "parked" }))
      : act("back", say("Put back on the board"), () => ask({ kind: "RestoreCard" }))}
    ${mine && card.state !== "withdrawn" && act("close", say("Withdraw"), () => ask({ kind: "TakeCard", to: "withdrawn" }))}`;
  const erasable = mine && !here.over;
  const show = {
    edit: () => html`<${Words} card=${card} cancel=${close} save=${(text, seen) => ask({ kind: "EditCard", text, seen })} />`,
    erase: () => html`<p role="alert">${say("These words go from the server and from every phone. It cannot be undone.")}</p>
      <button type="button" class="btn danger sm" onClick=${() => ask({ kind: "ForgetCard" })}>${say("Erase for ever")}</button>
      <button type="button" class="btn quiet sm" onClick=${close}>${say("Cancel")}</button>`,
    "": () => html`${writing && menu()}
      ${erasable && act("trash", say("Erase for ever …"), () => start("erase"))}`,
  }[doing];

  return html`<${Card} ...${{ card, translations, lang, mine, both: open, label: here.group?.label }}
      by=${mine ? say("You") : who} waiting=${card.waiting} class=${open ? "open" : ""}
      onClick=${(event) => event.target.closest("button, textarea") || (open ? close() : turn(true))}>
    ${!card.waiting && (writing || erasable || shown.from || row(store, "me", here.me)?.interpreter) && html`<button type="button" class="more" aria-expanded=${open}
      aria-label=${say("What to do with this card")} onClick=${() => (open ? close() : turn(true))}>
      <${Icon} name=${open ? "close" : "more"} /></button>`}
    ${open && html`<div class="acts" ref=${intoView}>${!card.waiting && show()}
      ${!doing && !card.waiting && html`<${Translate} here=${here} card=${card} tell=${tell} />`}</div>`}
  <//>`;
}

const lastOf = ({ store }, board, section) => rows(store, "cards")
  .filter((c) => c.board === board && c.section === section && c.state === "on")
  .sort((a, b) => (a.pos < b.pos ? -1 : 1)).at(-1)?.id ?? null;

/** `save(text, seen)`: `seen` is the version that was there when the editing began. */
function Words({ card, save, cancel }) {
  const [text, type] = useState(card.text ?? "");
  const [seen] = useState(card.text_seq);
  return html`<textarea class="field" dir="auto" rows="3" maxlength=${LIMITS.EditCard.text} value=${text}
      aria-label=${say("The words of the card")} ref=${focus} onInput=${(e) => type(e.target.value)}></textarea>
    <button type="button" class="btn sm" disabled=${!text.trim()} onClick=${() => save(text, seen)}>${say("Save")}</button>
    <button type="button" class="btn quiet sm" onClick=${cancel}>${say("Cancel")}</button>`;
}

const focus = (field) => field?.focus();

const intoView = (part) => part?.scrollIntoView({ block: "nearest" });

/** Words that the server refused: kept, with the sentence that says why. */
function RefusedCard({ here, card, again, writing }) {
  const { line, store, lang } = here;
  const { outbox } = line;
  const newer = row(store, "cards", card.id);
  const button = (text, onClick, more = "quiet") => html`<button type="button" class="btn sm ${more}" onClick=${onClick}>
    ${text}</button>`;
  const drop = () => outbox.remove(card.ask).then(line.draw);
  const keep = () => outbox.mark(card.ask, { kept: true }).then(line.draw);
  const send = () => {
    if (!newer) return line.retry(card.ask);
    drop();
    return line.ask({ kind: "EditCard", card: card.id, text: card.text, seen: newer.text_seq });
  };
  return html`<${Card} ...${{ card, lang, mine: true, label: here.group?.label }} class="open refused">
    <p class="wrong" role="alert">${refusal(card.error)}</p>
    <div class="acts">
      ${writing && !newer && button(say("Change it"), () => again(card), "alt")}
      ${writing && button(say("Send again"), send, "")}
      ${button(say("Keep on this phone"), keep)}
      ${button(newer ? say("Leave it as it is") : say("Delete"), drop)}
    </div>
  <//>`;
}
