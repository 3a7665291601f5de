/** The stage: what the room sees. One component for the projector and, drawn small, for the console's preview. */

import { html, useRef } from "../../vendor/preact.js";
import { lang as spoken } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { direction } from "../parts/text.js";
import { Drawing, Groups } from "./groups.js";
import { Lobby } from "./lobby.js";
import { Proposals } from "./proposals.js";
import { Question } from "./question.js";
import { Between, Blank, Ended, SignOff, Sorting, Writing } from "./quiet.js";
import { Report } from "./report.js";
import { scene } from "./scene.js";
import { Themes } from "./themes.js";
import { Vote } from "./vote.js";

const SCENES = {
  join: Lobby, between: Between, drawing: Drawing, groups: Groups, question: Question, report: Report, themes: Themes,
  sorting: Sorting, vote: Vote, proposals: Proposals, writing: Writing, "sign-off": SignOff, ended: Ended,
  blank: Blank,
};

const NEEDS_SESSION = new Set(["groups", "question", "report", "themes", "vote", "sign-off"]);

/** Everything is sized by the box it stands in (give that box a width and a height).
 *
 * `store` holds the stage's rows (a facilitator's hold them too); `lang` the language to read cards and titles in;
 * `clock` a function that returns workshop ms; `address` where phones join; `qr` the address of the QR's image, with a
 * query. */
export function Stage({ store, lang, clock, address, qr }) {
  const { name, session, step } = scene(store);
  const before = useRef(null);
  const fresh = before.current === "drawing";
  before.current = name;
  const contrast = row(store, "stage", "stage")?.contrast;
  const Scene = SCENES[session || !NEEDS_SESSION.has(name) ? name : "blank"];
  return html`<div class="stage-frame"><div class="stage" lang=${spoken} dir=${direction(spoken)} data-scene=${name}
      data-theme=${contrast ? "contrast" : undefined}>
    <${Scene} key=${`${name} ${session?.id ?? ""}`} ...${{ store, session, step, lang, clock, address, qr, fresh }} />
  </div></div>`;
}

