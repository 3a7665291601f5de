/** What the program would change, shown before anything changes: moves, new themes, themes that may be one. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { many, say } from "../lib/say.js";
import { row } from "../lib/tables.js";
import { Icon } from "../parts/icons.js";
import { groupName, Shape } from "../parts/shape.js";
import { Refused, useAsk } from "./asking.js";
import { useHere } from "./here.js";
import { SameWords } from "./samewords.js";
import { said, titleOf } from "./titles.js";

/** Themes less alike than this are not worth a look. */
const ALIKE = 0.12;

export function Suggestions({ session, board, close }) {
  const [find, { refused: unfound }] = useAsk();
  const [ask, { busy, refused }] = useAsk();
  const [told, tell] = useState(null);
  const [pairs, pair] = useState([]);
  const [words, mean] = useState([]);
  const look = async () => {
    const moves = await find({ kind: "SuggestMoves", session: session.id });
    if (!moves.ok) return;
    tell(moves.told);
    const merges = await find({ kind: "FindMerges", session: session.id });
    if (merges.ok) pair(merges.told.pairs.filter((found) => found.alike >= ALIKE).map((found) => found.themes));
    const same = await find({ kind: "SuggestWords", session: session.id });
    if (same.ok) mean(same.told.pairs);
  };
  useEffect(() => { look(); }, []);
  const where = new Map([...board.themes, ...board.dropped].flatMap((t) => t.cards.map((card) => [card.id, t.id])));
  const themes = new Map(board.themes.map((theme) => [theme.id, theme]));
  const moves = (told?.moves ?? []).filter(({ card, from, to }) => (where.get(card) ?? null) === from && themes.has(to)
    && board.cards.some((one) => one.id === card));
  const free = (cluster) => Object.keys(cluster.cards).every((id) => board.tray.some((card) => card.id === id));
  const fresh = (told?.new ?? []).filter(free);
  const alike = pairs.filter(([a, b]) => themes.has(a) && themes.has(b));
  const take = (some, clusters) => ask({ kind: "TakeSuggestions", session: session.id, new: clusters,
    moves: some.map(({ card, to }) => ({ card, to })) });
  const apart = async (a, b, then) => (await ask({ kind: "SaySame", a, b, same: false })).ok && then();
  const drop = (move) => tell({ ...told, moves: told.moves.filter((other) => other !== move) });
  const n = moves.length + fresh.length;
  return html`<section class="suggestions" aria-label=${say("Suggestions")}>
    <header><h3>${say("What the program would change")}</h3>
      <p class="hint" role="status">${unfound ? "" : !told ? say("Comparing cards …")
        : n + alike.length ? say("Nothing has changed yet. What people placed or confirmed stays where it is.")
          : say("Nothing: everything lies where it would put it.")}</p>
      <span class="keys">
        ${n > 1 && html`<button type="button" class="btn sm" disabled=${busy} onClick=${() => take(moves, fresh)}>
          ${many(n, "Do all {n}", "Do all {n}")}</button>`}
        <button type="button" class="btn quiet sm" onClick=${close}><${Icon} name="close" />${say("Close")}</button></span>
    </header>
    <${Refused} refused=${refused ?? unfound} />
    <ul>
      ${moves.map((move) => html`<li key=${move.card}><${Quote} card=${move.card} />
        <p>→ <${Title} theme=${themes.get(move.to)} /></p>
        <span class="keys"><button type="button" class="btn alt sm" onClick=${() => take([move], [])}>
            ${say("Move it")}</button>
          <button type="button" class="btn quiet sm" onClick=${() => apart(move.card, move.to, () => drop(move))}>
            ${say("Not there")}</button></span></li>`)}
      ${fresh.map((cluster) => html`<li key=${cluster.title_card}>
        ${Object.keys(cluster.cards).map((id) => html`<${Quote} key=${id} card=${id} />`)}
        <p>→ ${say("New theme")}</p>
        <span class="keys"><button type="button" class="btn alt sm" onClick=${() => take([], [cluster])}>
          ${say("Make it")}</button></span></li>`)}
      ${alike.map(([a, b]) => html`<li key=${a + b}>
        <p>${say("One theme or two?")}</p>
        <p><${Title} theme=${themes.get(a)} /></p><p><${Title} theme=${themes.get(b)} /></p>
        <span class="keys">
          <button type="button" class="btn alt sm"
            onClick=${() => ask({ kind: "MergeThemes", theme: b, into: a })}>${say("Merge them")}</button>
          <button type="button" class="btn quiet sm"
            onClick=${() => apart(a, b, () => pair(pairs.filter((other) => other[0] !== a || other[1] !== b)))}>
            ${say("Not the same")}</button></span></li>`)}
    </ul>
    <${SameWords} pairs=${words} taken=${(pair) => mean(words.filter((other) => other !== pair))} />
  </section>`;
}

function Title({ theme }) {
  const title = titleOf(theme, useHere());
  return html`<b dir="auto" lang=${title.lang}>${title.text}</b>`;
}

function Quote({ card: id }) {
  const here = useHere();
  const card = row(here.store, "cards", id);
  if (!card) return null;
  const label = row(here.store, "groups", card.board)?.label;
  const words = said(card, here);
  return html`<p class="quoted">${label && html`<${Shape} label=${label} name=${groupName(label)} size=${24} />`}
    <span dir="auto" lang=${words.lang}>${words.text ?? say("These words were erased.")}</span></p>`;
}
