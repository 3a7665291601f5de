/** The one big button: what comes next, what it does, and what comes after that. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { groups as groupsOf, openStep, seatOf, workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { pick } from "../parts/text.js";
import { boardOf } from "../stage/rows.js";
import { turnout } from "../stage/vote.js";
import { Refused, useAsk } from "./asking.js";
import { called as calledOut, drawing } from "./called.js";
import { move, settled } from "./course.js";
import { Confirm } from "./dialog.js";
import { useHere } from "./here.js";
import { stepName } from "./names.js";
import { Showing } from "./proposals.js";
import { OpenVote } from "./vote.js";

/** How long a new next step cannot be pressed, so that a second tap doesn't do what came after the first. */
const CALM_MS = 600;

export function Next() {
  const here = useHere();
  const { store } = here;
  const [ask, { busy, refused }] = useAsk();
  const [asking, confirm] = useState("");
  const next = move(store);
  const mark = [next.kind, next.session?.id, next.step?.id, next.board].join(" ");
  const [calm, settle] = useState(mark);
  useEffect(() => {
    const waiting = setTimeout(() => settle(mark), CALM_MS);
    return () => clearTimeout(waiting);
  }, [mark]);
  if (next.kind === "ended") return html`<p class="note calm">${say("This workshop has ended.")}</p>`;
  const { words, note, commands, sure, working } = wording(next, here);
  const go = async () => {
    const answer = await ask(...(next.kind === "draw" ? [drawing()] : commands));
    confirm("");
    if (answer.ok && next.kind === "draw") calledOut();
    if (answer.ok && next.kind === "open") here.go("");
  };
  const open = openStep(store);
  const early = busy || calm !== mark;
  const press = () => {
    if (!early) sure || next.kind === "open-vote" ? confirm(mark) : go();
  };
  return html`<div class="next">
    <button type="button" class="btn go" aria-disabled=${early} onClick=${press}>
      <span>${busy && working ? working : words}</span><${Icon} name="arrow" flip=${true} /></button>
    <div class="after">
      ${note && html`<p>${note}</p>`}
      ${next.then && html`<p class="then">
        ${say("Then: {step}", { step: called(next.then, here, open) })}</p>`}
      ${open && html`<button type="button" class="btn quiet sm"
        onClick=${() => ask({ kind: "CloseStep", step: open.id })}>
        ${say("Close this step for a break")}</button>`}
    </div>
    <${Refused} refused=${refused} />
    ${sure && asking === mark && html`<${Confirm} title=${sure.title} yes=${words} busy=${busy} onYes=${go}
      onNo=${() => confirm("")}>
      ${sure.body}<//>`}
    ${next.kind === "open-vote" && asking === mark
      && html`<${OpenVote} session=${next.session} onClose=${() => confirm("")} />`}
  </div>`;
}

const paragraphs = (lines) => lines.map((line) => html`<p key=${line}>${line}</p>`);

/** "Report back", or "Write · What has worked" when it is another session's. */
function called(step, { store, lang, languages }, from) {
  const session = row(store, "sessions", step.session);
  const title = pick(session.title, lang, languages);
  return from?.session === step.session ? stepName(step.step) : `${stepName(step.step)} · ${title}`;
}

function wording(next, here) {
  const { store, lang, languages } = here;
  const { kind, session } = next;
  switch (kind) {
    case "doors":
      return { words: say("Open the doors"), commands: [{ kind: "OpenDoors" }],
        note: say("A code and a QR appear; people can join.") };
    case "draw":
      return { words: say("Draw groups"), working: say("Drawing …"), commands: [],
        note: say("You see them first. Nobody else does until you reveal them.") };
    case "make":
      return { words: say("Make the groups"), commands: [{ kind: "MakeGroups", session: session.id }],
        note: say("You see them first. Nobody else does until you reveal them.") };
    case "reveal":
      return { words: say("Reveal the groups"), commands: [{ kind: "RevealGroups", session: session.id }],
        note: unseated(store, session),
        sure: { title: say("Show everybody their group?"), body: paragraphs(revealed(here, session)) } };
    case "order":
      return { words: say("Draw the order of groups"), commands: [{ kind: "OrderBoards", session: session.id }],
        note: say("By lot, or choose it below.") };
    case "present": {
      const cards = boardOf(store, session.id, next.board).flatMap((part) => part.cards);
      const label = row(store, "groups", next.board)?.label;
      return { words: label ? say("Next group: {label}", { label }) : say("Show the board"),
        commands: [{ kind: "Present", session: session.id, board: next.board, card: cards[0]?.id }],
        note: cards.length
          ? many(cards.length, "From then on everybody can read its {n} card.",
            "From then on everybody can read its {n} cards.")
          : say("This board has no cards.") };
    }
    case "open-vote":
      return { words: say("Open the vote"), commands: [],
        note: say("You choose first what is voted on, and with how many points.") };
    case "close-vote":
      return { words: say("Close the vote"), commands: [{ kind: "CloseVote", vote: next.vote.id }],
        note: turnout(store, next.vote),
        sure: { title: say("Close the vote?"), body: paragraphs([
          turnout(store, next.vote), say("Everybody sees the totals. Nobody can change their vote any more."),
        ]) } };
    case "show":
      return { words: say("Show the proposals"), commands: [{ kind: "ShowProposals" }],
        sure: { title: say("Show the proposals to everybody?"),
          body: html`<${Showing} proposals=${next.proposals} />` } };
    case "find":
      return { words: say("Suggest themes"), working: say("Comparing cards …"),
        commands: [{ kind: "FindThemes", session: session.id }],
        note: say("The program compares the cards of all groups; you decide.") };
    case "end":
      return { words: say("End the workshop"), commands: [{ kind: "EndWorkshop" }],
        sure: { title: say("End the workshop?"), body: paragraphs([
          say("The doors close and nobody can write any more. Phones forget who they were."),
          say("The report and all downloads stay on the desk. This cannot be undone."),
        ]) } };
    default:
      return opening(next, here, pick(session.title, lang, languages));
  }
}

function opening({ step, session, from }, { store }, title) {
  const commands = [{ kind: "OpenStep", step: step.id, from: from?.id ?? null }];
  const same = from?.session === step.session;
  const closes = same && from.step === "work";
  const verbs = {
    lobby: say("Begin: {title}", { title }), draw: say("Groups for: {title}", { title }),
    work: same ? say("Start writing") : say("Start writing: {title}", { title }),
    "report-back": closes ? say("Close writing and report back") : say("Report back"),
    themes: closes ? say("Close writing and find themes") : say("Find themes"),
    proposals: say("Write proposals"), vote: say("Vote"), "sign-off": say("Sign off"),
  };
  const writes = step.step === "work" && row(store, "sessions", step.session).kind === "groups" && !settled(session);
  const late = closes ? say("A card that is being written is still taken for five minutes.") : undefined;
  const open = same && from.step === "themes" ? undecided(store, session) : undefined;
  return { words: verbs[step.step], commands, note: writes ? say("Its groups are not known yet.") : (late ?? open) };
}

function undecided(store, session) {
  const open = rows(store, "themes").filter((t) => t.session === session.id && t.state === "proposed").length;
  return open ? many(open, "{n} theme is still to be confirmed.", "{n} themes are still to be confirmed.") : undefined;
}

function unseated(store, session) {
  const people = rows(store, "people").filter((person) => !person.away && !seatOf(store, session.id, person.id)).length;
  return people ? many(people, "{n} person has no group yet.", "{n} people have no group yet.") : undefined;
}

function revealed({ store }, session) {
  const { names_on_stage } = workshop(store);
  const groups = groupsOf(store, session.id);
  return [
    names_on_stage ? say("The projector shows each group’s letter, shape, place and names.")
      : say("The projector shows each group’s letter, shape, place and size, no names."),
    many(groups.reduce((sum, group) => sum + group.size, 0),
      "The phone of {n} person shows their group and who else is in it.",
      "The phones of {n} people show their group and who else is in it."),
    say("What everybody has seen cannot be taken back. You can still move people."),
  ];
}
