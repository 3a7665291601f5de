/** A card on the own board: one tap opens what can be done with it. */

import { html, useState } from "../../vendor/preact.js";
import { LIMITS } from "../protocol.js";
import { refusal, say } from "../lib/say.js";
import { row, rows, sections } from "../lib/select.js";
import { Card } from "../parts/card.js";
import { Icon } from "../parts/icons.js";
import { words } from "../parts/text.js";
import { author } from "./here.js";

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
    if (!answer.ok && !command.text) tell(refusal(answer.error));
  }

  if (card.error) return html`<${RefusedCard} ...${{ here, card, again, label: here.group?.label }} />`;
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
    ${mine && card.state !== "withdrawn" && act("trash", say("Withdraw"), () => ask({ kind: "TakeCard", to: "withdrawn" }))}`;
  const show = doing === "edit" ? html`<${Words} card=${card} cancel=${close}
      save=${(text) => ask({ kind: "EditCard", text, seen: card.text_seq })} />` : writing && !card.waiting && menu();

  return html`<${Card} ...${{ card, translations, lang, mine, both: open, label: here.group?.label }}
      by=${mine ? say("You") : who} waiting=${card.waiting} class=${open ? "open" : ""}
      onClick=${(event) => event.target.closest("button, textarea") || (open ? close() : turn(true))}>
    ${(shown.from || (writing && !card.waiting)) && html`<button type="button" class="more" aria-expanded=${open}
      aria-label=${say("What to do with this card")} onClick=${() => (open ? close() : turn(true))}>
      <${Icon} name=${open ? "close" : "more"} /></button>`}
    ${open && html`<div class="acts" ref=${intoView}>${show}</div>`}
  <//>`;
}

const lastOf = ({ store }, board, section) => rows(store, "cards")
  .filter((c) => c.board === board && c.section === section && c.state === "on")
  .sort((a, b) => (a.pos < b.pos ? -1 : 1)).at(-1)?.id ?? null;

function Words({ card, save, cancel }) {
  const [text, type] = useState(card.text ?? "");
  return html`<textarea class="field" dir="auto" rows="3" maxlength=${LIMITS.EditCard.text} value=${text}
      aria-label=${say("The words of the card")} ref=${focus} onInput=${(e) => type(e.target.value)}></textarea>
    <button type="button" class="btn sm" disabled=${!text.trim()} onClick=${() => save(text)}>${say("Save")}</button>
    <button type="button" class="btn quiet sm" onClick=${cancel}>${say("Cancel")}</button>`;
}

const focus = (field) => field?.focus();

const intoView = (part) => part?.scrollIntoView({ block: "nearest" });

/** Words that the server refused: kept, with the sentence that says why. */
function RefusedCard({ here: { line, store, lang }, card, again, label }) {
  const { outbox } = line;
  const entry = outbox.entries.find((e) => e.id === card.ask);
  const newer = row(store, "cards", card.id);
  const drop = () => outbox.remove(card.ask).then(line.draw);
  const send = () => {
    if (!newer) return line.retry(card.ask);
    outbox.remove(card.ask);
    return line.ask({ ...entry.do, seen: newer.text_seq });
  };
  return html`<${Card} ...${{ card, lang, mine: true, label }} class="open refused">
    <p class="wrong" role="alert">${refusal(card.error)}</p>
    <div class="acts">
      ${!newer && html`<button type="button" class="btn sm alt" onClick=${() => again(card)}>${say("Change it")}</button>`}
      <button type="button" class="btn sm" onClick=${send}>${say("Send again")}</button>
      <button type="button" class="btn quiet sm" onClick=${() => outbox.mark(card.ask, { kept: true }).then(line.draw)}>
        ${say("Keep on this phone")}</button>
      <button type="button" class="btn quiet sm" onClick=${drop}>${say("Delete")}</button>
    </div>
  <//>`;
}
