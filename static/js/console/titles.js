/** What cards and themes say, in the reader's language. */

import { say } from "../lib/say.js";
import { membersOf } from "../lib/select.js";
import { row } from "../lib/tables.js";
import { words } from "../parts/text.js";
import { by } from "./indexed.js";

/** A card's words as the reader has them: {text, lang, from, outdated}. */
export const said = (card, { store, lang }) => words(card, by(store, "translations", "card", card.id), lang);

/** A theme's title as the reader sees it: {text, lang}; the words of its title card until somebody edits it, or of
 * another one where that card was erased. */
export function titleOf(theme, here) {
  if (theme.title !== null) return { text: theme.title };
  const card = row(here.store, "cards", theme.title_card) ?? membersOf(here.store, theme.id)[0];
  const { text, lang } = card ? said(card, here) : {};
  return { text: text || say("These words were erased."), lang };
}
