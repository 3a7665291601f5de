/** What things are called on the console: people, steps, lanes, attributes. */

import { say } from "../lib/say.js";
import { nameOf as named, workshop } from "../lib/select.js";
import { row, rows } from "../lib/tables.js";
import { groupName } from "../parts/shape.js";
import { languageName, pick } from "../parts/text.js";

/** Somebody's name, or "Guest 3" by the order of joining. */
export function nameOf(store, person) {
  const name = named(store, person);
  if (name) return name;
  const order = rows(store, "people").sort((a, b) => a.joined_at - b.joined_at).findIndex((p) => p.id === person);
  return say("Guest {n}", { n: order + 1 });
}

/** What a step is called in the agenda. */
export const stepName = (kind) => ({
  lobby: say("Arrive"), draw: say("Groups"), work: say("Write"), "report-back": say("Report back"),
  themes: say("Find themes"), proposals: say("Proposals"), vote: say("Vote"), "sign-off": say("Sign-off"),
})[kind];

/** A lane's name and what it means. */
export const laneName = (lane) => ({
  common: say("Common to all"), shared: say("Shared by some"), unique: say("Only one group"),
})[lane];

export const laneNote = (lane) => ({
  common: say("Every group said it"), shared: say("More than one group, not all"),
    unique: say("Keep it: it may matter most"),
})[lane];

/** An attribute that people are asked about, by its id; the language of their phones is one too. */
export const attributeOf = (store, id) =>
  workshop(store).attributes.find((attribute) => attribute.id === id) ?? { id, title: "", values: [] };

/** The title of an attribute, and of the answer `id` to it. */
export const attributeTitle = ({ id, title }, { lang, languages }) =>
  pick(title, lang, languages) || (id === "language" ? say("Language") : id);

export function answerTitle(attribute, id, { lang, languages }) {
  if (!id) return say("no answer");
  const title = pick(attribute.values?.find((value) => value.id === id)?.title, lang, languages);
  return title || (attribute.id === "language" ? languageName(id) : id);
}

/** What a group is called: the answer that its people share, or its letter and shape. */
export function groupTitle(group, here) {
  if (!group.title) return groupName(group.label);
  const { attribute } = row(here.store, "sessions", group.session);
  return answerTitle(attributeOf(here.store, attribute), group.title, here);
}

/** What an ask of a kind did, for the buttons Undo and Redo. */
export const deed = (kind) => ({
  AddCard: say("card written"), EditCard: say("card changed"), MoveCard: say("card moved"),
  TakeCard: say("card taken off"), RestoreCard: say("card brought back"), TranslateCard: say("translation"),
  TranslateCards: say("translation by a machine"), SetLanguage: say("language of a card"),
  OpenStep: say("step opened"), CloseStep: say("step closed"), StartTimer: say("timer"),
  PauseTimer: say("timer"), AddTime: say("timer"), ShowOnStage: say("projector"), OpenDoors: say("doors opened"),
  CloseDoors: say("doors closed"), Rename: say("name changed"), Describe: say("answers changed"),
  SetInterpreter: say("interpreter"), SetAway: say("away or here"), SeatPeople: say("people moved"), AddRule: say("rule"), DropRule: say("rule"), SpreadBy: say("rule"),
  SetMix: say("rule"), PinSeat: say("pin"), ChooseGrouping: say("way of making groups"),
  SetRapporteur: say("rapporteur"), PlaceGroup: say("place of a group"), DrawGroups: say("draw"),
  MakeGroups: say("groups made"), FindThemes: say("suggestions"), PlaceCards: say("cards sorted"), PlaceNewCards: say("new cards sorted in"),
  TakeSuggestions: say("suggestions done"), SaySame: say("the same or not"), SplitTheme: say("theme split"),
  AddWords: say("words that mean the same"), DropWords: say("words that mean the same"),
  NewTheme: say("theme made"), MergeThemes: say("themes merged"), RenameTheme: say("theme renamed"),
  OverruleLane: say("lane chosen"), DecideTheme: say("theme decided"), WriteProposal: say("proposal written"),
  WithdrawProposal: say("proposal taken out"), OpenVote: say("vote opened"),
})[kind] ?? say("last change");

/** "just now", "40 s", "6 min". */
export function ago(ms) {
  if (ms < 10_000) return say("just now");
  return ms < 60_000 ? say("{n} s ago", { n: Math.floor(ms / 10_000) * 10 })
    : say("{n} min ago", { n: Math.floor(ms / 60_000) });
}
