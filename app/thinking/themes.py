"""Cards of several groups -> themes that people then put right.

Every function takes and returns plain values and is the same for the same cards in any order. A request has
`cards` [{id, group, lang, text, translations?}] and perhaps

* `languages` (the workshop's, the first wins ties), `language` (to compare in),
* `glossary` (absent: the shipped one; false: none; a path: added to it) and `words` (a glossary as CSV text, the
  workshop's own: added too),
* what people did with pairs of cards, [[card, card]]: `echoes` ("same as ours"), `must` (a facilitator confirmed it:
  they stay together), `cannot` (a facilitator cut it: neither echo nor wording ties them),
* what people did with themes: `themes` [{id, card_ids}], `pins` [card that a person placed], `apart` [[card, theme that
  a person took it out of]], `kept_apart` [[theme, theme that it isn't merged with]].

What people did is never undone: of two things that contradict each other pins go before `apart`, and both, like
`cannot`, before `must`. Cards that aren't there (any more) are left out.
The method, its sources and its figures: docs/themes.md.
"""

from collections.abc import Iterable

from .glossary import shipped_text, text_of
from .wording.board import Board, read
from .wording.communities import louvain, parts_of
from .wording.decided import Decided, decided
from .wording.describing import described, stacks
from .wording.sorting import merges as likely_merges
from .wording.sorting import placed, suggestions, unknown_words
from .wording.sorting import split as parts_by_splitting

FINENESS = 3.0
FINENESSES = (1.0, 1.5, 2.0, 3.0, 4.5, 6.0)
"""The facilitator's slider from fewer to more themes."""

SMALL, LARGE = 18, 300
"""Boards of fewer or more cards than these have a lower resolution."""


def propose(request: dict) -> dict:
    """Themes for the cards of one session; `finer` is one of FINENESSES.

    Pinned cards of one of the `themes` stay together and never meet those of another, so what people sorted keeps its
    id; one that no theme holds stays in the tray; unpinned cards are proposed afresh.

    -> {themes: [{id: the theme whose pinned cards it holds or null, label, keywords, card_ids (best first), groups
    (that count), lane: common | shared | unique, strength: strong | probable, confidence (mean inner similarity),
    medoid, fits {card: number}}], tray: [card], stacks: [[card, nearly the same card, ...]], language: compared in,
    compared: whether all languages were, uncovered: [languages that were not]}. Themes stand with the widest first,
    then the largest.
    """
    board = board_of(request)
    people = _people(request, board)
    parts = _parts(request, board, people)
    kept = [part for part in parts if len(part) > 1 or part[0] in people.holds]
    themes = described(board, kept, people)
    return {
        "themes": sorted(
            themes, key=lambda theme: (-len(theme["groups"]), -len(theme["card_ids"]), str(theme["medoid"]))
        ),
        "tray": [board.ids[i] for part in parts if part not in kept for i in part],
        "stacks": [[board.ids[i] for i in stack] for stack in stacks(board, parts)],
        "language": board.pivot,
        "compared": not board.uncovered,
        "uncovered": board.uncovered,
    }


def suggest(request: dict) -> dict:
    """A preview of what unpinned cards could do, given `themes` and `pins`.

    -> {moves: [{card, from: theme or null, to: theme, times (as good, null from the tray)}], new: [theme as in
    `propose`, of at least two cards that no theme holds and no move takes]}.
    """
    board = board_of(request)
    people = _people(request, board)
    # The pins don't hold here: the part that gathers most of a theme's pinned cards by itself is evidence.
    parts = _parts(request, board, decided(len(board.ids), {}, (), (), board.must))
    moves = suggestions(board, people.themes, people.pins, people.apart, parts)
    taken = {i for cards in people.themes.values() for i in cards} | {move[0] for move in moves} | people.pins
    new = [part for part in ([i for i in part if i not in taken] for part in parts) if len(part) > 1]
    return {
        "moves": [{"card": board.ids[i], "from": a, "to": b, "times": t and round(t, 2)} for i, a, b, t in moves],
        "new": described(board, new, people),
    }


def place(request: dict) -> dict:
    """Themes for `late` cards only, given `themes`; no other card moves, nor a late one that a person placed.

    -> {placed: [{card, theme, near}], tray: [card near no theme]}.
    """
    board = board_of(request)
    people = _people(request, board)
    late = [i for i in _places(request["late"], board) if i not in people.pins]
    found = placed(board, people.themes, late, people.apart)
    return {
        "placed": [{"card": board.ids[i], "theme": t, "near": round(n, 4)} for i, (t, n) in found.items()],
        "tray": [board.ids[i] for i in late if i not in found],
    }


def split(request: dict) -> dict:
    """The theme with the cards `card_ids` in as few parts as it falls into -> {themes: as in `propose`, tray}."""
    board = board_of(request)
    parts = parts_by_splitting(board, _places(request["card_ids"], board), _finer(request, board))
    return {
        "themes": described(board, [part for part in parts if len(part) > 1], _people(request, board)),
        "tray": [board.ids[i] for part in parts if len(part) == 1 for i in part],
    }


def merges(request: dict) -> dict:
    """The pairs of `themes` likeliest to be one, `most` of them (5) -> {pairs: [{themes: [id, id], alike}]}.

    Not offered are pairs of `kept_apart`, and themes of which one has a card that was taken out of the other.
    """
    board = board_of(request)
    people = _people(request, board)
    kept_apart = {frozenset(pair) for pair in request.get("kept_apart") or ()}
    pairs = likely_merges(board, people.themes, people.apart, kept_apart)[: request.get("most", 5)]
    return {"pairs": [{"themes": [a, b], "alike": round(alike, 4)} for a, b, alike in pairs]}


def word_pairs(request: dict) -> dict:
    """Words that may mean the same, from `themes` that people put together of cards in several languages.

    -> {pairs: [{theme, words: {language: word}}]}: for each theme the word that tells it apart in each language, if no
    glossary knows it yet; as a line of CSV it can go into `words`.
    """
    board, pairs = board_of(request), []
    for theme, cards in sorted(_people(request, board).themes.items()):
        words = unknown_words(board, cards)
        if len(words) > 1:
            pairs.append({"theme": theme, "words": words})
    return {"pairs": pairs}


def _people(request: dict, board: Board) -> Decided:
    themes = {theme["id"]: _places(theme["card_ids"], board) for theme in request.get("themes") or ()}
    apart = [(board.place[card], theme) for card, theme in request.get("apart") or () if card in board.place]
    return decided(len(board.ids), themes, _places(request.get("pins"), board), apart, board.must)


def _parts(request: dict, board: Board, people: Decided) -> list[list[int]]:
    """The communities of the cards; one that a person put into the tray is by itself."""
    found = parts_of(louvain(board.graph, _finer(request, board), people))
    parts = [[i for i in part if i not in people.in_tray] for part in found]
    return [part for part in parts if part] + [[i] for i in sorted(people.in_tray)]


def _finer(request: dict, board: Board) -> float:
    return resolution(len(board.ids), len(board.echoes), request.get("finer") or FINENESS)


def _places(cards: Iterable[str] | None, board: Board) -> list[int]:
    """The places of cards, each once; cards that have gone since are left out."""
    return sorted({board.place[card] for card in cards or () if card in board.place})


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
