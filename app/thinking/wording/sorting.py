"""Help while people sort: suggestions, splits, merges, and a place for late cards. Nothing here moves a card."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np

from .board import Board
from .communities import louvain, parts_of
from .decided import decided
from .neighbours import Graph
from .sparse import products, summed, unit

PIN = 3.0
"""What a card that a person placed counts as evidence of its theme, against 1 of others."""

BETTER = 1.15
"""A move is suggested if the card fits the other theme this many times better."""

NEAR = 0.08
"""A card belongs to a theme if the mean of its two best similarities there is at least this."""

FIRST, STEP, STEPS = 0.5, 1.25, 17
"""A theme is looked at from half the board's resolution on, ever finer in small strides, up to some eighteen times: in
great strides it would fall to pieces where it has two parts."""

Themes = Mapping[str, Sequence[int]]
Apart = Collection[tuple[int, str]]


def similarities(board: Board, cards: Sequence[int]) -> np.ndarray:
    """How similar each of some cards is to every card, echoes included: array of len(cards) x all cards.

    A card isn't similar to itself, nor to one that a person told apart from it.
    """
    found = np.zeros((len(cards), len(board.ids)))
    for first, block in products(board.rows.taken(cards), board.rows):
        found[first : first + len(block)] = block
    for row, i in enumerate(cards):
        found[row, i] = 0.0
        for a, b in board.echoes:
            if i in (a, b):
                found[row, b if i == a else a] += 1.0
        for a, b in board.cannot:
            if i in (a, b):
                found[row, b if i == a else a] = 0.0
    return found


def _open_to(board: Board, themes: Themes, card: int, apart: Apart) -> tuple[list[str], bool]:
    """The themes that a card may be put into, and whether it has to be: not those it was taken out of; of the others
    those with a card that a facilitator said is the same, if there are any."""
    allowed = [name for name in sorted(themes) if (card, name) not in apart]
    same = {b if card == a else a for a, b in board.must if card in (a, b)}
    with_the_same = [name for name in allowed if not same.isdisjoint(themes[name])]
    return with_the_same or allowed, bool(with_the_same)


def suggestions(board: Board, themes: Themes, pins: Collection[int], apart: Apart, parts: Sequence[Sequence[int]]):
    """Moves of unpinned cards to better themes: [(card, from or None, to, times better or None)], the surest first.

    A theme is known by its pinned cards, which count three times, and by the part of the proposal that holds most of
    them; a theme without pins by its own cards. `apart`: (card, theme) that a person took apart.
    """
    loose = [i for i in range(len(board.ids)) if i not in pins]
    here = {i: theme for theme, cards in themes.items() for i in cards}
    if not loose or not themes:
        return []
    similar, names = similarities(board, loose), sorted(themes)
    evidence = np.array([_evidence(themes[name], pins, parts, len(board.ids)) for name in names])
    # The card itself is no evidence of where it belongs, so it counts in no theme's size.
    fit = similar @ evidence.T / np.sqrt(np.maximum(evidence.sum(axis=1) - evidence[:, loose].T, 1.0))
    found = []
    for row, i in enumerate(loose):
        open_to, must = _open_to(board, themes, i, apart)
        if must and here.get(i) in open_to:
            continue
        allowed = [names.index(name) for name in open_to if name != here.get(i)]
        to = max(allowed, key=lambda t: (fit[row, t], -t), default=None)
        if to is None or _nearness(similar[row], np.flatnonzero(evidence[to])) < NEAR:
            continue
        own = fit[row, names.index(here[i])] if i in here else 0.0
        if must or fit[row, to] > BETTER * own:
            found.append((i, here.get(i), names[to], float(fit[row, to] / own) if own > 0 else None))
    return sorted(found, key=lambda move: (-(move[3] or np.inf), move[0]))


def _evidence(theme: Sequence[int], pins: Collection[int], parts: Sequence[Sequence[int]], cards: int) -> np.ndarray:
    pinned = [i for i in theme if i in pins]
    most = max(parts, key=lambda part: sum(i in pinned for i in part), default=[]) if pinned else theme
    weights = np.zeros(cards)
    weights[[i for i in most if i not in pins]] = 1.0
    weights[pinned] = PIN
    return weights


def _nearness(similar: np.ndarray, cards: Sequence[int]) -> float:
    """The mean of the two best similarities to some cards."""
    best = np.sort(similar[list(cards)])[-2:]
    return float(best.mean()) if len(best) else 0.0


def placed(board: Board, themes: Themes, late: Sequence[int], apart: Apart) -> dict[int, tuple[str, float]]:
    """The theme of each late card that is near one, and how near; cards near none are left out."""
    similar, found = similarities(board, late), {}
    for row, i in enumerate(late):
        near = {
            name: _nearness(similar[row], [j for j in themes[name] if j != i])
            for name in _open_to(board, themes, i, apart)[0]
        }
        best = max(near, key=lambda name: near[name], default=None)
        if best is not None and near[best] >= NEAR:
            found[i] = (best, near[best])
    return found


def split(board: Board, theme: Sequence[int], finer: float) -> list[list[int]]:
    """The parts of one theme at the lowest resolution at which it falls apart; one part if it never does.

    Ties to cards outside the theme keep their weight, as loops, so that the resolution means what it means on the
    whole board. Cards that a facilitator said are the same stay together.
    """
    cards, parts = sorted(theme), []
    graph, at = _within(board.graph, cards), {i: n for n, i in enumerate(cards)}
    must = [(at[a], at[b]) for a, b in board.must if a in at and b in at]
    people = decided(len(graph), {}, (), (), must)
    for step in range(STEPS):
        times = FIRST * STEP**step
        found = parts_of(louvain(graph, times * finer, people))
        parts = [part for part in ([cards[n] for n in part if n < len(cards)] for part in found) if part]
        if len(parts) > 1:
            break
    return parts


def _within(graph: Graph, theme: Sequence[int]) -> Graph:
    """The graph of a theme's cards, and a node of its own for the rest of the board."""
    at = {i: n for n, i in enumerate(theme)}
    part: Graph = [{at[j]: w for j, w in graph[i].items() if j in at} for i in theme]
    for n, i in enumerate(theme):
        part[n][n] = sum(w for j, w in graph[i].items() if j not in at) / 2
    rest = sum(sum(ties.values()) for i, ties in enumerate(graph) if i not in at)
    return [*part, {len(theme): rest / 2}]


def merges(
    board: Board, themes: Themes, apart: Apart, kept_apart: Collection[frozenset[str]]
) -> list[tuple[str, str, float]]:
    """Pairs of themes that may say the same, the likeliest first: the cosine of their sums, and
    the echoes between them by the root of their sizes.

    Pairs in `kept_apart`, which a person rejected, are left out, and two themes of which one has a card that a person
    took out of the other.
    """
    names = sorted(themes)
    sums = unit(summed(board.rows, [themes[name] for name in names]))
    alike = np.zeros((len(names), len(names)))
    for first, block in products(sums, sums):
        alike[first : first + len(block)] = block
    theme_of = {i: n for n, name in enumerate(names) for i in themes[name]}
    for a, b in board.echoes:
        if a in theme_of and b in theme_of:
            pair = sorted((theme_of[a], theme_of[b]))
            alike[*pair] += 1 / (len(themes[names[pair[0]]]) * len(themes[names[pair[1]]])) ** 0.5
    told_apart = {frozenset((names[theme_of[i]], name)) for i, name in apart if i in theme_of} | set(kept_apart)
    pairs = [pair for pair in combinations(range(len(names)), 2) if frozenset(names[t] for t in pair) not in told_apart]
    ranked = sorted(pairs, key=lambda pair: (-alike[pair], pair))
    return [(names[a], names[b], float(alike[a, b])) for a, b in ranked]


def unknown_words(board: Board, theme: Sequence[int]) -> dict[str, str]:
    """For each language of a theme the word without a concept that most of its cards there share, and few others have.

    Languages in which no word is in two cards of the theme are left out.
    """
    best: dict[str, tuple[float, str]] = {}
    for lang in sorted({board.languages[i] for i in theme}):
        everywhere = [i for i, spoken in enumerate(board.languages) if spoken == lang]
        here = [i for i in theme if board.languages[i] == lang]
        inside, outside = (Counter(s for i in cards for s in _unknown(board, i)) for cards in (here, everywhere))
        ranked = sorted(((n * n / outside[s], s) for s, n in inside.items() if n > 1), key=lambda r: (-r[0], r[1]))
        if ranked:
            best[lang] = ranked[0]
    surface = {(board.languages[i], w.stem): w.surface for i in theme for w in board.wordings[i].words}
    return {lang: surface[lang, found] for lang, (_, found) in best.items()}


def _unknown(board: Board, card: int) -> set[str]:
    lang = board.languages[card]
    spelled = [w for w in board.wordings[card].words if w.spelled]
    return {w.stem for w in spelled if not board.glossary.concepts(w.surface, lang)}
