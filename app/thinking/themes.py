"""Cards of several groups -> themes that people then put right.

Every function takes and returns plain values and is the same for the same cards in any order. A request has
`cards` [{id, group, lang, text, translations?}] and perhaps `echoes` [[card, card]], `languages` (the workshop's, the
first wins ties), `language` (to compare in), `glossary` (absent: the shipped one; false: none; a path: added to it) and
`words` (a glossary as CSV text, the workshop's own: added too).
The method, its sources and its figures: docs/themes.md.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from .glossary import shipped_text, text_of
from .wording.board import Board, read
from .wording.communities import louvain, parts_of
from .wording.fits import best_of_groups, fits, inner_similarity, lane, scores, strength
from .wording.labels import keywords, medoid, title
from .wording.sorting import merges as likely_merges
from .wording.sorting import placed, suggestions, unknown_words
from .wording.sorting import split as parts_by_splitting

FINENESS = 3.0
FINENESSES = (1.0, 1.5, 2.0, 3.0, 4.5, 6.0)
"""The facilitator's slider from fewer to more themes."""

SMALL, LARGE = 18, 300
"""Boards of fewer or more cards than these have a lower resolution."""

SAME = 0.8
"""Cards more similar than this are one stack."""


def propose(request: dict) -> dict:
    """Themes for the cards of one session; `finer` is one of FINENESSES.

    -> {themes: [{label, keywords, card_ids (best first), groups (that count), lane: common | shared | unique,
    strength: strong | probable, confidence (mean inner similarity), medoid, fits {card: number}}], tray: [card],
    stacks: [[card, nearly the same card, ...]], language: compared in, compared: whether all languages were,
    uncovered: [languages that were not]}. Themes stand with the widest first, then the largest.
    """
    board = board_of(request)
    finer = resolution(len(board.ids), len(board.echoes), request.get("finer") or FINENESS)
    parts = parts_of(louvain(board.graph, finer))
    themes = described(board, [part for part in parts if len(part) > 1])
    return {
        "themes": sorted(
            themes, key=lambda theme: (-len(theme["groups"]), -len(theme["card_ids"]), str(theme["medoid"]))
        ),
        "tray": [board.ids[i] for part in parts if len(part) == 1 for i in part],
        "stacks": [[board.ids[i] for i in stack] for stack in stacks(board, parts)],
        "language": board.pivot,
        "compared": not board.uncovered,
        "uncovered": board.uncovered,
    }


def suggest(request: dict) -> dict:
    """A preview of what unpinned cards could do, for `themes` [{id, card_ids}], `pins` [card placed by a person] and
    `apart` [[card, theme that a person took it out of]].

    -> {moves: [{card, from: theme or null, to: theme, times (as good, null from the tray)}], new: [theme as in
    `propose`, of at least two cards that no theme holds and no move takes]}.
    """
    board = board_of(request)
    themes, pins = (
        _themes(request, board),
        {board.place[card] for card in request.get("pins") or () if card in board.place},
    )
    parts = parts_of(louvain(board.graph, resolution(len(board.ids), len(board.echoes), FINENESS)))
    moves = suggestions(board, themes, pins, _apart(request, board), parts)
    taken = {i for cards in themes.values() for i in cards} | {move[0] for move in moves} | pins
    new = [part for part in ([i for i in part if i not in taken] for part in parts) if len(part) > 1]
    return {
        "moves": [{"card": board.ids[i], "from": a, "to": b, "times": t and round(t, 2)} for i, a, b, t in moves],
        "new": described(board, new),
    }


def place(request: dict) -> dict:
    """Themes for `late` cards only, given `themes` and `apart` as in `suggest`; no other card moves.

    -> {placed: [{card, theme, near}], tray: [card near no theme]}.
    """
    board = board_of(request)
    late = _places(request["late"], board)
    found = placed(board, _themes(request, board), late, _apart(request, board))
    return {
        "placed": [{"card": board.ids[i], "theme": t, "near": round(n, 4)} for i, (t, n) in found.items()],
        "tray": [board.ids[i] for i in late if i not in found],
    }


def split(request: dict) -> dict:
    """The theme with the cards `card_ids` in parts, by twice the resolution -> {themes: as in `propose`, tray}."""
    board = board_of(request)
    finer = resolution(len(board.ids), len(board.echoes), request.get("finer") or FINENESS)
    parts = parts_by_splitting(board, _places(request["card_ids"], board), finer)
    return {
        "themes": described(board, [part for part in parts if len(part) > 1]),
        "tray": [board.ids[i] for part in parts if len(part) == 1 for i in part],
    }


def merges(request: dict, most: int = 5) -> dict:
    """The pairs of `themes` likeliest to be one -> {pairs: [{themes: [id, id], alike}]}.

    `kept_apart` [[theme, theme]] are not offered.
    """
    board = board_of(request)
    apart = {frozenset(pair) for pair in request.get("kept_apart") or ()}
    pairs = likely_merges(board, _themes(request, board), apart)[:most]
    return {"pairs": [{"themes": [a, b], "alike": round(alike, 4)} for a, b, alike in pairs]}


def word_pairs(request: dict) -> dict:
    """Words that may mean the same, from `themes` that people put together of cards in several languages.

    -> {pairs: [{theme, words: {language: word}}]}: for each theme the word that tells it apart in each language, if no
    glossary knows it yet; as a line of CSV it can go into `words`.
    """
    board, pairs = board_of(request), []
    for theme, cards in sorted(_themes(request, board).items()):
        words = unknown_words(board, cards)
        if len(words) > 1:
            pairs.append({"theme": theme, "words": words})
    return {"pairs": pairs}


def _themes(request: dict, board: Board) -> dict[str, list[int]]:
    return {theme["id"]: _places(theme["card_ids"], board) for theme in request["themes"]}


def _places(cards: Iterable[str] | None, board: Board) -> list[int]:
    """The places of cards, each once; cards that have gone since are left out."""
    return sorted({board.place[card] for card in cards or () if card in board.place})


def _apart(request: dict, board: Board) -> set[tuple[int, str]]:
    return {(board.place[card], theme) for card, theme in request.get("apart") or () if card in board.place}


def board_of(request: dict) -> Board:
    """The cards of a request made ready, with the glossary that it asks for. Raises BadGlossary."""
    asked, own = request.get("glossary"), request.get("words")
    texts = [] if asked is False else [shipped_text()]
    texts += [text_of(asked)] if asked else []
    return read(request, texts + ([own] if own else []))


def resolution(cards: int, echoes: int, finer: float) -> float:
    """The resolution of the communities.

    Lower for large boards, so that themes grow with them; lower for a handful of cards, which it would leave single;
    lower the more echoes there are.
    """
    usual = finer * min(1.0, cards / SMALL, (LARGE / max(1, cards)) ** 0.25)
    return max(min(1.5, usual), usual / (1 + echoes / max(1, cards)))


def described(board: Board, themes: Sequence[Sequence[int]]) -> list[dict]:
    """What `propose` says of each theme, in the order given."""
    score, chips, inner = scores(board, themes), keywords(board.wordings, themes), inner_similarity(board.rows, themes)
    fit = fits(board, score, themes)
    return [_described(board, theme, score[:, t], fit, chips[t], inner[t]) for t, theme in enumerate(themes)]


def _described(
    board: Board, theme: Sequence[int], score: np.ndarray, fit: dict[int, float], chips: list[str], inner: float
) -> dict:
    typical = medoid(theme, score, board.texts)
    best = best_of_groups(board, theme, fit)
    best_first = sorted(theme, key=lambda i: (-fit[i], i))
    return {
        "label": title(board.texts[typical]),
        "keywords": chips,
        "medoid": board.ids[typical],
        "card_ids": [board.ids[i] for i in best_first],
        "fits": {board.ids[i]: fit[i] for i in best_first},
        "groups": list(best),
        "lane": lane(len(best), len(board.writing_groups)),
        "strength": strength(best, inner),
        "confidence": round(inner, 4),
    }


def stacks(board: Board, parts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Cards of one part that say nearly the same, to be shown as one pile; each still counts for its group."""
    found = []
    for part in parts:
        pile_of = {i: [i] for i in part}
        for i in part:
            for j, similarity in board.similar[i].items():
                if similarity > SAME and j in pile_of and pile_of[i] is not pile_of[j]:
                    joined = sorted(pile_of[i] + pile_of[j])
                    pile_of |= dict.fromkeys(joined, joined)
        found += [pile for first, pile in pile_of.items() if len(pile) > 1 and pile[0] == first]
    return found
