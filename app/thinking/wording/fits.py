"""How well each card fits its theme, and what that says about the theme's groups."""

from collections.abc import Collection, Sequence

import numpy as np

from .board import Board
from .sparse import Rows, product, products, summed

CLEARLY, CLOSELY = 0.1, 0.13
"""A claim is strong if every group that counts has a card that fits better than this, and the theme's cards are more
alike than that."""


def scores(board: Board, themes: Sequence[Sequence[int]]) -> np.ndarray:
    """How similar each card is to each theme: array of cards x themes.

    The sum of the similarities to the theme's other cards, and of the echoes to them, by the root of their number:
    a mean would favour small themes and a sum large ones. Two cards that a person told apart aren't similar.
    """
    result = np.zeros((len(board.ids), len(themes)))
    for first, block in products(board.rows, summed(board.rows, themes)):
        result[first : first + len(block)] = block
    theme_of = {i: t for t, theme in enumerate(themes) for i in theme}
    for a, b in [*board.echoes, *((b, a) for a, b in board.echoes)]:
        if b in theme_of:
            result[a, theme_of[b]] += 1.0
    for a, b in board.cannot:
        alike = product(board.rows, a, b)
        for i, j in ((a, b), (b, a)):
            if j in theme_of:
                result[i, theme_of[j]] -= alike
    others = np.tile([float(len(theme)) for theme in themes], (len(board.ids), 1))
    with_itself = np.diff(board.rows.starts) > 0
    for i, t in theme_of.items():
        others[i, t] -= 1
        result[i, t] -= with_itself[i]
    return result / np.sqrt(np.maximum(others, 1))


def fits(board: Board, score: np.ndarray, themes: Sequence[Sequence[int]]) -> dict[int, float]:
    """For each card in a theme its score there less its best score elsewhere: below 0 it may be in the wrong one.

    Wording alone is no ground to say that cards in languages which were not compared mean the same: of a theme in
    several such languages only the largest part has fits above 0, unless somebody's echo crosses them. Rounded, so
    that who reads a stored fit counts the same groups.
    """
    result = {}
    for t, theme in enumerate(themes):
        understood = set(_understood(board, theme))
        for i in theme:
            fit = score[i, t] - np.delete(score[i], t).max(initial=0.0)
            result[i] = round(float(fit if i in understood else min(fit, 0.0)), 4)
    return result


def inner_similarity(rows: Rows, themes: Sequence[Sequence[int]]) -> list[float]:
    """The mean similarity of two cards of each theme, 0 for a theme of one."""
    sums = summed(rows, themes)
    owner = np.repeat(np.arange(len(sums)), np.diff(sums.starts))
    squares = np.bincount(owner, sums.weights**2, minlength=len(themes))
    with_itself = np.diff(rows.starts) > 0
    inner = [square - with_itself[list(theme)].sum() for square, theme in zip(squares, themes, strict=True)]
    return [
        float(max(0.0, twice) / max(1, len(theme) * (len(theme) - 1)))
        for twice, theme in zip(inner, themes, strict=True)
    ]


def best_of_groups(
    board: Board, theme: Sequence[int], fit: dict[int, float], pins: Collection[int]
) -> dict[str, float]:
    """The groups that count as sharing the theme, each with its best fit, at least 0: those with a card of a fit above
    0, or with a card that a person placed."""
    best: dict[str, float] = {}
    for i in theme:
        if fit[i] > 0 or i in pins:
            best[board.groups[i]] = max(best.get(board.groups[i], 0.0), fit[i])
    return dict(sorted(best.items(), key=lambda entry: str(entry[0])))


def _understood(board: Board, theme: Sequence[int]) -> Sequence[int]:
    inside = set(theme)
    crossed = any(a in inside and b in inside and board.languages[a] != board.languages[b] for a, b in board.echoes)
    if not board.uncovered or crossed:
        return theme
    parts: dict[str, list[int]] = {}
    for i in theme:
        parts.setdefault(board.languages[i] if board.languages[i] in board.uncovered else "", []).append(i)
    return max((parts[p] for p in sorted(parts)), key=lambda part: (len({board.groups[i] for i in part}), len(part)))


def lane(groups: int, of: int) -> str:
    """common: every group that wrote a card, if there are several; unique: one; shared: some."""
    return "unique" if groups <= 1 else "common" if groups == of else "shared"


def strength(best: dict[str, float], inner: float) -> str:
    """strong or probable, from the best fit of each group that counts and the mean inner similarity."""
    return "strong" if best and min(best.values()) > CLEARLY and inner > CLOSELY else "probable"
