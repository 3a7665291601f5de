"""The graph of cards: each tied to its most similar ones, and by echoes."""

from collections.abc import Iterable

import numpy as np

from .sparse import Rows, products

Graph = list[dict[int, float]]
"""For each card its neighbours and the weight of the tie, in both directions."""


def nearest(rows: Rows) -> Graph:
    """The symmetric graph of the k most similar cards, exact; a tie weighs the similarity.

    k = sqrt N within 6 and 30, at most a quarter of the cards. Features of more than a third of the cards (and more
    than 30) don't count.
    """
    n = len(rows)
    k = max(1, min(int(np.clip(round(n**0.5), 6, 30)), n // 4))
    graph: Graph = [{} for _ in range(n)]
    for first, block in products(rows, rows, common=max(30, int(0.35 * n))):
        own = np.arange(len(block))
        block[own, first + own] = 0
        best = np.argsort(-block, axis=1, kind="stable")[:, :k] if n <= 400 else _top(block, k)
        for i, columns in enumerate(best):
            for j in columns.tolist():
                weight = float(block[i, j])
                if weight > 1e-9:
                    graph[first + i][j] = graph[j][first + i] = max(weight, graph[j].get(first + i, 0.0))
    return [dict(sorted(ties.items())) for ties in graph]


def _top(block: np.ndarray, k: int) -> np.ndarray:
    """Columns of the k largest values of each row, equal values in favour of the lower column."""
    bound = np.partition(block, -k, axis=1)[:, -k]
    top = np.empty((len(block), k), np.int64)
    for i, row in enumerate(block):
        candidates = np.flatnonzero(row >= bound[i])
        top[i] = candidates[np.argsort(-row[candidates], kind="stable")[:k]]
    return top


def echoed(graph: Graph, echoes: Iterable[tuple[int, int]]) -> Graph:
    """The graph with 1.0 more on the tie of two cards for each person who said that they are the same."""
    graph = [dict(ties) for ties in graph]
    for a, b in echoes:
        graph[a][b] = graph[b][a] = graph[a].get(b, 0.0) + 1.0
    return [dict(sorted(ties.items())) for ties in graph]
