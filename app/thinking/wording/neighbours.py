"""The graph of cards: each tied to its most similar ones, and by echoes."""

from collections.abc import Iterable, Sequence

import numpy as np

from .sparse import Rows, products

Graph = list[dict[int, float]]
"""For each card its neighbours and the weight of the tie, in both directions."""

NOTHING = 1e-9
TYPICAL = 0.1
"""What a tie of average similarity weighs, to be held against 1.0 of an echo."""


def nearest(rows: Rows, languages: Sequence[str] = ()) -> Graph:
    """The symmetric graph of the k most similar cards, exact; a tie weighs the similarity.

    k = sqrt N within 6 and 30, at most a quarter of the cards. Features of more than a third of the cards (and more
    than 30) don't count. Of cards in several `languages` each gets its part of the k in every language: cards of its
    own share words with it besides, and would take all places.
    """
    n = len(rows)
    k = max(1, min(int(np.clip(round(n**0.5), 6, 30)), n // 4))
    spoken = np.array(languages or [""] * n)
    apart = [np.flatnonzero(spoken == lang) for lang in sorted(set(spoken.tolist()))]
    each = -(-k // max(1, len(apart)))
    graph: Graph = [{} for _ in range(n)]
    for first, block in products(rows, rows, common=max(30, int(0.35 * n))):
        own = np.arange(len(block))
        block[own, first + own] = 0
        for cards in apart:
            for i, chosen in enumerate(_largest(block[:, cards], min(each, len(cards))), start=first):
                for j in cards[chosen].tolist():
                    weight = float(block[i - first, j])
                    if weight > NOTHING:
                        graph[i][j] = graph[j][i] = max(weight, graph[j].get(i, 0.0))
    return [dict(sorted(ties.items())) for ties in graph]


def balanced(graph: Graph) -> Graph:
    """The graph with each tie divided by the geometric mean of what ties weigh on average at its two ends.

    Cards with many common words are near to everything, terse ones to nothing: what counts is being nearer than usual
    (local scaling, Zelnik-Manor and Perona 2004).
    """
    usual = [sum(ties.values()) / max(1, len(ties)) for ties in graph]
    return [{j: TYPICAL * w / (usual[i] * usual[j]) ** 0.5 for j, w in ties.items()} for i, ties in enumerate(graph)]


def _largest(block: np.ndarray, k: int) -> list[np.ndarray]:
    """Columns of the k largest values of each row, equal values in favour of the lower column."""
    if k < 1:
        return [np.empty(0, np.int64)] * len(block)
    least = np.partition(block, -k, axis=1)[:, -k]
    candidates = [np.flatnonzero(row >= bound) for row, bound in zip(block, least, strict=True)]
    return [c[np.argsort(-row[c], kind="stable")[:k]] for row, c in zip(block, candidates, strict=True)]


def echoed(graph: Graph, echoes: Iterable[tuple[int, int]]) -> Graph:
    """The graph with 1.0 more on the tie of two cards for each person who said that they are the same."""
    graph = [dict(ties) for ties in graph]
    for a, b in echoes:
        graph[a][b] = graph[b][a] = graph[a].get(b, 0.0) + 1.0
    return [dict(sorted(ties.items())) for ties in graph]
