"""How well each card fits its theme, and what that says about the theme's groups."""

from collections.abc import Sequence

import numpy as np

from .sparse import Rows, products, summed

CLEARLY = 0.05


def scores(rows: Rows, themes: Sequence[Sequence[int]], echoes: Sequence[tuple[int, int]] = ()) -> np.ndarray:
    """How similar each card is to each theme: array of cards x themes.

    The sum of the similarities to the theme's other cards, and of the echoes to them, by the root of their number:
    a mean would favour small themes and a sum large ones.
    """
    result = np.zeros((len(rows), len(themes)))
    for first, block in products(rows, summed(rows, themes)):
        result[first : first + len(block)] = block
    theme_of = {i: t for t, theme in enumerate(themes) for i in theme}
    for a, b in [*echoes, *((b, a) for a, b in echoes)]:
        if b in theme_of:
            result[a, theme_of[b]] += 1.0
    others = np.tile(np.array([len(theme) for theme in themes], float), (len(rows), 1))
    filled = np.diff(rows.starts) > 0
    for i, t in theme_of.items():
        others[i, t] -= 1
        result[i, t] -= filled[i]
    return result / np.sqrt(np.maximum(others, 1))


def fits(score: np.ndarray, themes: Sequence[Sequence[int]]) -> dict[int, float]:
    """For each card in a theme its score there less its best score elsewhere: below 0 it may be in the wrong one."""
    result = {}
    for t, theme in enumerate(themes):
        for i in theme:
            elsewhere = np.delete(score[i], t)
            result[i] = float(score[i, t] - (elsewhere.max() if len(elsewhere) else 0.0))
    return result


def inner_similarity(rows: Rows, themes: Sequence[Sequence[int]]) -> list[float]:
    """The mean similarity of two cards of each theme."""
    sums = summed(rows, themes)
    squares = np.add.reduceat(np.append(sums.weights**2, 0.0), sums.starts[:-1]) * (np.diff(sums.starts) > 0)
    filled = np.diff(rows.starts) > 0
    return [
        float((square - sum(filled[i] for i in theme)) / (len(theme) * (len(theme) - 1))) if len(theme) > 1 else 0.0
        for square, theme in zip(squares, themes, strict=True)
    ]


def lane(groups: int, of: int) -> str:
    """common: every group that wrote a card; unique: one; shared: several."""
    return "unique" if groups <= 1 else "common" if groups == of else "shared"
