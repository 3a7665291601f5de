// Written by `python -m app.domain.protocol`.

/** Asks that are worked out first: the answer takes its time. */
export const JOBS = ["PreviewSeats","PreviewMerge","DrawGroups","FindThemes","SuggestMoves","FindMerges","SuggestWords","ProposeSplit","PlaceNewCards","FindAcross","TranslateCards"];

/** Asks that cannot be undone. */
export const IRREVERSIBLE = ["Prepare","EndWorkshop","MakeLink","RevokeLink","ListGroups","ForgetList","AddLuck","RevealGroups","OrderBoards","Present","HideBoard","ForgetCard","ForgetPerson","ShowThemes","CastBallot","CloseVote","AllowTranslation","ShowProposals"];

/** The most characters of each text that people send: {ask: {field: n}}. */
export const LIMITS = {"Rename":{"name":40},"AddCard":{"text":1000},"EditCard":{"text":1000},"TranslateCard":{"text":1000}};

/** The fields that a row lacks when they have this value: {table: {field: value}}. */
export const DEFAULTS = {"workshop":{"place":"","starts":"","ends":"","working_languages":["en"],"objectives":[],"attributes":[],"balance":[],"authors":"group","keep_days":30,"expected":20,"names_on_stage":false,"made_at":0,"ended_at":0},"sessions":{"grouping":"none","attribute":null,"groups":0,"minutes":null,"questions":[],"assignments":{},"drawn":false},"steps":{"state":"waiting","closed_at":0},"sections":{"limit":null,"per":"group"},"stage":{"view":"auto","contrast":false},"people":{"interpreter":false,"away":false},"me":{"interpreter":false},"groups":{"size":0,"title":"","place":"","presented":false,"draw":0},"seats":{"rapporteur":false,"before":"","moved_at":0},"commitments":{"made_at":0},"draws":{"words":"","luck":0,"report":{},"drawn_at":0},"entries":{"group":""},"cards":{"state":"on","text_seq":0},"translations":{"by":"person","of":0},"presenting":{"done":[],"board":null,"card":null},"tallies":{"threads":0},"themes":{"title":null,"title_card":null,"state":"proposed","why":"","lane":"unique","overruled":null,"overruled_by":"","groups":[],"strength":"probable","confidence":0.0,"keywords":[],"order":0},"members":{"by":"person","fit":0.0},"proposals":{"rationale":[],"to":[],"themes":[],"cards":[],"pos":"","withdrawn":false,"text_seq":0}};

/** The same of the tables that only facilitators and organisers get. */
export const LEADS = {"links":{"label":"","made_at":0},"rules":{"people":[],"attribute":"","value":"","least":1},"echoes":{"own_card":null},"comparisons":{"uncovered":[],"head":0,"finer":3,"stacks":[]}};
