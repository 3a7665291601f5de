"""Communities of a graph by the Louvain method.

Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large networks" (2008), with the resolution
of Reichardt and Bornholdt (2006): a higher one gives more and smaller communities.
"""

from collections.abc import Collection, Sequence

from .decided import Decided
from .neighbours import Graph


def louvain(graph: Graph, resolution: float, people: Decided | None = None) -> list[int]:
    """The community of each node, numbered in order of first appearance.

    Nodes are visited in their order and ties go to the community with the lowest label, so that the result depends on
    the graph alone, and on what people have decided: lumps begin as one node, and foes never share a community.
    """
    member, foes = list(range(len(graph))), [set() for _ in graph]
    if people and (people.holds or people.lump != member):
        member = _numbered(people.lump)
        graph, foes = _merge(graph, member), [set() for _ in set(member)]
        for lump, others in people.foes.items():
            foes[member[lump]] = {member[other] for other in others}
    while True:
        label = _move(graph, resolution, foes)
        if len(set(label)) == len(graph):
            return _numbered(member)
        label = _numbered(label)
        member = [label[c] for c in member]
        graph, foes = _merge(graph, label), _merged_foes(foes, label)


def _move(graph: Graph, resolution: float, foes: Sequence[Collection[int]]) -> list[int]:
    degree = [sum(ties.values()) + ties.get(i, 0.0) for i, ties in enumerate(graph)]
    total = sum(degree)
    label, weight = list(range(len(graph))), list(degree)
    if total == 0:
        return label
    ties_of = [[(j, w) for j, w in ties.items() if j != i] for i, ties in enumerate(graph)]
    restless = True
    while restless:
        restless = False
        for i, ties in enumerate(ties_of):
            own, share = label[i], resolution * degree[i] / total
            towards: dict[int, float] = {own: 0.0}
            for j, w in ties:
                c = label[j]
                towards[c] = towards.get(c, 0.0) + w
            weight[own] -= degree[i]
            for foe in foes[i]:
                towards.pop(label[foe], None)
            best, gain = own, towards[own] - share * weight[own]
            for c, w in towards.items():
                more = w - share * weight[c]
                if more > gain + 1e-12 or (more > gain - 1e-12 and c < best and best != own):
                    best, gain = c, more
            weight[best] += degree[i]
            if best != own:
                label[i], restless = best, True
    return label


def _merge(graph: Graph, label: list[int]) -> Graph:
    """One node for each community; a tie to itself holds the weight inside it."""
    merged: Graph = [{} for _ in range(max(label, default=-1) + 1)]
    for i, ties in enumerate(graph):
        here = merged[label[i]]
        for j, w in ties.items():
            there = label[j]
            # An inner tie is seen from both its ends, a node's tie to itself once.
            here[there] = here.get(there, 0.0) + (w if there != label[i] or i == j else w / 2)
    return merged


def _merged_foes(foes: Sequence[Collection[int]], label: list[int]) -> list[set[int]]:
    merged: list[set[int]] = [set() for _ in set(label)]
    for i, others in enumerate(foes):
        merged[label[i]] |= {label[other] for other in others}
    return merged


def _numbered(label: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(c, len(numbers)) for c in label]


def parts_of(label: list[int]) -> list[list[int]]:
    """The nodes of each community."""
    parts: list[list[int]] = [[] for _ in range(max(label, default=-1) + 1)]
    for i, c in enumerate(label):
        parts[c].append(i)
    return parts
