/** What this link has done and can still take back. A plain value {undo, redo}: lists of {seq, kind}, newest last.
 *
 * Undoing an event is an event of its own, and redo undoes that. What somebody else has changed since is refused by
 * the server; the entry is dropped then, so that the one before it comes next.
 */

/** The tables that an ask of each kind changes; a kind that isn't here cannot be undone. */
const CHANGES = {
  AddCard: "cards", EditCard: "cards", MoveCard: "cards", TakeCard: "cards", RestoreCard: "cards",
  TranslateCard: "translations", TranslateCards: "translations", SetLanguage: "cards",
  OpenStep: "steps", CloseStep: "steps", StartTimer: "timers", PauseTimer: "timers", AddTime: "timers",
  ShowOnStage: "stage", OpenDoors: "doors", CloseDoors: "doors",
  Rename: "names", Describe: "people", SetInterpreter: "people", SetAway: "people",
  SeatPeople: "seats", AddRule: "rules", DropRule: "rules", SpreadBy: "workshop", SetMix: "mixes", PinSeat: "pins",
  ChooseGrouping: "sessions", SetRapporteur: "seats", PlaceGroup: "groups", DrawGroups: "seats", MakeGroups: "groups",
  OpenVote: "votes", FindThemes: "comparisons", PlaceNewCards: "comparisons", TakeSuggestions: "members", PlaceCards: "members",
  SaySame: "verdicts", AddWords: "concepts", DropWords: "concepts", SplitTheme: "themes", NewTheme: "themes", MergeThemes: "themes", RenameTheme: "themes",
  OverruleLane: "themes", DecideTheme: "themes", WriteProposal: "proposals", WithdrawProposal: "proposals",
};

const MOST = 100;

export const none = () => ({ undo: [], redo: [] });

/** After a join: only what the server can still take back. Without a memory of one's own, everything it names. */
export function joined(history, reversible) {
  const there = new Set(reversible);
  if (!history.undo.length && !history.redo.length) return { undo: reversible.map((seq) => ({ seq })), redo: [] };
  const kept = (entries) => entries.filter(({ seq }) => there.has(seq));
  return { undo: kept(history.undo), redo: kept(history.redo) };
}

/** After an own ask of `kind` was answered with `seq`. `before` is the last event known when it was asked: an answer
 * that isn't newer means that nothing happened. `tables` are those with a row of this seq. */
export function did(history, { seq, kind, before, tables }) {
  if (seq <= before || !CHANGES[kind] || !tables.includes(CHANGES[kind])) return history;
  return { undo: [...history.undo, { seq, kind }].slice(-MOST), redo: [] };
}

/** After the newest entry of `undo` (or, with `back` = "redo", of `redo`) was taken back by event `seq`. */
export function turned(history, seq, back = "undo") {
  const other = back === "undo" ? "redo" : "undo";
  const { kind } = history[back].at(-1);
  return { ...lost(history, back), [other]: [...history[other], { seq, kind }] };
}

/** After the newest entry was refused. */
export const lost = (history, back = "undo") => ({ ...history, [back]: history[back].slice(0, -1) });
