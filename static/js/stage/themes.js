/** Themes in three lanes, each with the groups that raised it; what people have not confirmed yet is marked. */

import { html } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { Shapes } from "../parts/shape.js";
import { pick, words } from "../parts/text.js";
import { useFit, usePage } from "./fit.js";
import { Head, Pages } from "./frame.js";
import { languagesOf, shownThemes, translationsOf } from "./rows.js";

const LANES = ["common", "shared", "unique"];
const [IN_ONE, IN_TWO] = [4, 6];

export function Themes({ store, session, step, lang, clock }) {
  const fit = useFit(5);
  const themes = shownThemes(store, session.id);
  const plenary = session.kind !== "groups";
  const inLanes = () => LANES.map((lane) => ({ lane, themes: themes.filter((t) => t.lane === lane) }));
  const lanes = plenary ? spread(themes) : inLanes();
  const shares = plenary ? [1, 1, 1] : sharesOf(lanes.map((lane) => lane.themes.length));
  const most = shares.map((share) => (share === 2 ? IN_TWO : IN_ONE));
  const count = Math.max(1, ...lanes.map((lane, n) => Math.ceil(lane.themes.length / most[n])));
  const page = usePage(count, clock);
  const title = pick(session.title, lang, languagesOf(store));
  const open = themes.filter((theme) => !theme.confirmed).length;
  return html`<div class="scene themes">
    <${Head} over=${title} title=${say("What we said")} ...${{ store, step, clock }} />
    <div class="lanes" ref=${fit}>
      ${lanes.map(({ lane, themes }, n) => html`<section key=${lane ?? n} class="lane ${lane ?? "plain"}"
        data-share=${shares[n]}>
        ${lane && html`<header><h2>${laneName(lane)}</h2><p class="num">${themes.length}</p></header>`}
        <ul>${themes.slice(page * most[n], (page + 1) * most[n]).map((theme) => html`
          <${Theme} key=${theme.id} ...${{ store, theme, lang }} />`)}</ul>
      </section>`)}
    </div>
    <footer>
      <p>${open === 0 ? html`<${Icon} name="check" /> ${say("All themes are confirmed")}`
        : html`<span class="swatch"></span>
          ${many(open, "{n} theme has not been confirmed yet", "{n} themes have not been confirmed yet")}`}</p>
      <${Pages} page=${page} count=${count} />
    </footer>
  </div>`;
}

/** How much of the width each lane gets: two shares where many themes lie, less than one where none does. */
export function sharesOf(counts) {
  const shares = counts.map((n) => (n === 0 ? 0.8 : n > 3 ? 2 : 1));
  return shares.reduce((sum, share) => sum + share) > 4 ? counts.map((n) => (n === 0 ? 0.8 : 1)) : shares;
}

/** A plenary has no groups to compare, hence no lanes: three columns, filled row by row. */
const spread = (themes) => [0, 1, 2].map((column) => ({ themes: themes.filter((_, n) => n % 3 === column) }));

const laneName = (lane) =>
  ({ common: say("Common to all groups"), shared: say("Shared by some"), unique: say("From one group") })[lane];

/** A theme's title, its own or the words of the card that stands for it: {text, lang}. */
export function titleOf(store, theme, lang) {
  const title = theme.title ? { text: theme.title } : spoken(store, theme, lang);
  return title?.text ? title : { text: say("These words were erased.") };
}

/** The card that stands for a theme, in the reader's words; null without one. */
function spoken(store, theme, lang) {
  const card = row(store, "cards", theme.title_card);
  return card ? words(card, translationsOf(store, card.id), lang) : null;
}

function Theme({ store, theme, lang }) {
  const title = titleOf(store, theme, lang);
  const quote = theme.title ? spoken(store, theme, lang) : null;
  return html`<li class="th ${theme.confirmed ? "sure" : "unsure"}">
    <h3 dir="auto" lang=${title.lang}>${title.text}</h3>
    ${quote?.text && html`<p class="quote" dir="auto" lang=${quote.lang}>“${quote.text}”</p>`}
    <p class="meta">
      ${theme.labels.length > 0 && html`<${Shapes} labels=${theme.labels} />`}
      <span class="counts num">${many(theme.cards.length, "{n} card", "{n} cards")}</span>
      ${!theme.confirmed && html`<span class="tag open">${say("to be confirmed")}</span>`}
    </p>
  </li>`;
}
