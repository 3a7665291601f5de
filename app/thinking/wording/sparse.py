"""Rows of weighted features and the similarities between them, exact, by inverted index."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows: row i has `columns[starts[i]:starts[i+1]]` with `weights` likewise; `width` columns."""

    starts: np.ndarray
    columns: np.ndarray
    weights: np.ndarray
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def transposed(self) -> "Rows":
        """The same matrix by columns: an inverted index."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self)), np.diff(self.starts))[order]
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.columns, minlength=self.width))))
        return Rows(starts, rows, self.weights[order], len(self))

    def taken(self, rows: Sequence[int]) -> "Rows":
        """Some of the rows, in the order given."""
        spans = [slice(self.starts[i], self.starts[i + 1]) for i in rows]
        starts = np.concatenate(([0], np.cumsum([span.stop - span.start for span in spans], dtype=np.int64)))
        columns, weights = ([part[span] for span in spans] for part in (self.columns, self.weights))
        empty = np.empty(0, np.int64)
        return Rows(starts, np.concatenate([empty, *columns]), np.concatenate([empty, *weights]), self.width)


def weigh(documents: Sequence[Sequence[str]]) -> Rows:
    """TF-IDF rows of unit length: (1 + ln tf) * (ln((1 + N) / (1 + df)) + 1); an empty document is an empty row."""
    vocabulary: dict[str, int] = {}
    counts = [Counter(document) for document in documents]
    for count in counts:
        for feature in count:
            vocabulary.setdefault(feature, len(vocabulary))
    sizes = np.array([len(count) for count in counts], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    columns = np.fromiter((vocabulary[f] for count in counts for f in count), np.int32, starts[-1])
    tf = np.fromiter((n for count in counts for n in count.values()), np.float64, starts[-1])
    df = np.bincount(columns, minlength=len(vocabulary))
    weights = (1 + np.log(tf)) * (np.log((1 + len(documents)) / (1 + df)) + 1)[columns]
    return unit(Rows(starts, columns, weights, len(vocabulary)))


def unit(rows: Rows) -> Rows:
    """The rows scaled to length one."""
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    lengths = np.sqrt(np.bincount(owner, rows.weights**2, minlength=len(rows)))
    return Rows(rows.starts, rows.columns, rows.weights / lengths[owner], rows.width)


def beside(blocks: Sequence[tuple[Rows, float]]) -> Rows:
    """The blocks side by side, each (rows, weight) counting sqrt(weight), then scaled to length one."""
    shifts = np.cumsum([0] + [rows.width for rows, _ in blocks])
    owner = np.concatenate([np.repeat(np.arange(len(rows)), np.diff(rows.starts)) for rows, _ in blocks])
    order = np.argsort(owner, kind="stable")
    columns = np.concatenate([rows.columns + shift for (rows, _), shift in zip(blocks, shifts, strict=False)])
    weights = np.concatenate([rows.weights * weight**0.5 for rows, weight in blocks])
    starts = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(blocks[0][0])))))
    return unit(Rows(starts, columns[order], weights[order], int(shifts[-1])))


def summed(rows: Rows, parts: Sequence[Sequence[int]]) -> Rows:
    """One row for each part: the sum of its rows."""
    label = np.full(len(rows), -1)
    for n, part in enumerate(parts):
        label[list(part)] = n
    owner = label[np.repeat(np.arange(len(rows)), np.diff(rows.starts))]
    inside = owner >= 0
    cells = owner[inside] * np.int64(rows.width) + rows.columns[inside]
    cells, where = np.unique(cells, return_inverse=True)
    weights = np.bincount(where, rows.weights[inside])
    starts = np.searchsorted(cells, np.arange(len(parts) + 1) * np.int64(rows.width))
    return Rows(starts, cells % rows.width if rows.width else cells, weights, rows.width)


def product(rows: Rows, i: int, j: int) -> float:
    """The dot product of two rows."""
    (_, block), *_ = products(rows.taken([i]), rows.taken([j]))
    return float(block[0, 0])


def products(rows: Rows, others: Rows, common: int | None = None) -> Iterator[tuple[int, np.ndarray]]:
    """Dot products of all rows with all others, in blocks: (first row, array of block x len(others)).

    Features that more than `common` others have are left out: they cost most and tell least.
    """
    index = others.transposed()
    lengths = np.diff(index.starts)
    useful = np.ones(rows.width, bool) if common is None else lengths <= common
    for first, last in _blocks(rows, np.where(useful, lengths, 0), len(others)):
        span = slice(rows.starts[first], rows.starts[last])
        owner = np.repeat(np.arange(last - first), np.diff(rows.starts[first : last + 1]))
        keep = useful[rows.columns[span]]
        columns, weights, owner = rows.columns[span][keep], rows.weights[span][keep], owner[keep]
        n = lengths[columns]
        at = np.repeat(index.starts[columns] - np.concatenate(([0], np.cumsum(n)[:-1])), n)
        at += np.arange(len(at))
        cells = np.repeat(owner * len(others), n)
        cells += index.columns[at]
        block = np.bincount(cells, np.repeat(weights, n) * index.weights[at], minlength=(last - first) * len(others))
        yield first, block.reshape(last - first, len(others))


def _blocks(rows: Rows, lengths: np.ndarray, width: int) -> Iterator[tuple[int, int]]:
    """Spans of rows whose products need little memory: bounded cells, bounded terms to add up."""
    terms = np.concatenate(([0], np.cumsum(lengths[rows.columns])))[rows.starts]
    first = 0
    while first < len(rows):
        last = int(np.searchsorted(terms, terms[first] + AT_ONCE, side="right")) - 1
        last = max(first + 1, min(last, first + AT_ONCE // max(1, width), len(rows)))
        yield first, last
        first = last
