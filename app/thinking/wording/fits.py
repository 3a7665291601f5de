"""How well each card fits its theme, and what that says about the theme's groups."""

from collections.abc import Sequence

import numpy as np

from .board import Board
from .sparse import Rows, products, summed

CLEARLY = 0.1
"""A fit above this makes the claim that a group shares a theme strong."""


def scores(board: Board, themes: Sequence[Sequence[int]]) -> np.ndarray:
    """How similar each card is to each theme: array of cards x themes.

    The sum of the similarities to the theme's other cards, and of the echoes to them, by the root of their number:
    a mean would favour small themes and a sum large ones.
    """
    result = np.zeros((len(board.ids), len(themes)))
    for first, block in products(board.rows, summed(board.rows, themes)):
        result[first : first + len(block)] = block
    theme_of = {i: t for t, theme in enumerate(themes) for i in theme}
    for a, b in [*board.echoes, *((b, a) for a, b in board.echoes)]:
        if b in theme_of:
            result[a, theme_of[b]] += 1.0
    others = np.tile([float(len(theme)) for theme in themes], (len(board.ids), 1))
    with_itself = np.diff(board.rows.starts) > 0
    for i, t in theme_of.items():
        others[i, t] -= 1
        result[i, t] -= with_itself[i]
    return result / np.sqrt(np.maximum(others, 1))


def fits(score: np.ndarray, themes: Sequence[Sequence[int]]) -> dict[int, float]:
    """For each card in a theme its score there less its best score elsewhere: below 0 it may be in the wrong one."""
    result = {}
    for t, theme in enumerate(themes):
        for i in theme:
            elsewhere = np.delete(score[i], t)
            result[i] = float(score[i, t] - elsewhere.max(initial=0.0))
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


def counted_groups(board: Board, theme: Sequence[int], fit: dict[int, float]) -> dict[str, float]:
    """The groups that count as sharing the theme, each with its best fit, which is above 0.

    Wording alone is no ground to say that cards in languages which were not compared mean the same: of a theme in
    several such languages only the largest part counts whose languages are covered or joined by an echo.
    """
    best: dict[str, float] = {}
    for i in _understood(board, theme):
        if fit[i] > 0:
            best[board.groups[i]] = max(best.get(board.groups[i], 0.0), fit[i])
    return dict(sorted(best.items(), key=lambda entry: str(entry[0])))


def _understood(board: Board, theme: Sequence[int]) -> Sequence[int]:
    if not board.uncovered:
        return theme
    part = {lang: lang if lang in board.uncovered else "" for lang in map(board.languages.__getitem__, theme)}
    for a, b in board.echoes:
        if a in theme and b in theme:
            kept, joined = part[board.languages[a]], part[board.languages[b]]
            part = {lang: kept if p == joined else p for lang, p in part.items()}
    members = {p: [i for i in theme if part[board.languages[i]] == p] for p in sorted(set(part.values()))}
    return max(members.values(), key=lambda cards: (len({board.groups[i] for i in cards}), len(cards)))


def lane(groups: int, of: int) -> str:
    """common: every group that wrote a card, if there are several; unique: one; shared: some."""
    return "unique" if groups <= 1 else "common" if groups == of else "shared"
