"""The state of a search: who sits where in every round, and what everybody would cost in every group.

`cost[r][g][x]` is what person x costs in group g of round r, given where all others sit: a price for everybody of the
group whom x meets in other rounds too, and for everybody who shares a value of a balanced attribute. With it the gain
of every exchange of x with anybody is a few sums over lists, which Python does fast:

    delta(i in g <-> j in h) = cost[h][i] - cost[g][i] + cost[g][j] - cost[h][j] + far(i, j) - 2 price(i, j)

An exchange changes `cost` only for those who have met one of the two.
"""

from operator import add, sub

from app.thinking.drawing.instance import Instance
from app.thinking.drawing.measures import Seating, pairs
from app.thinking.drawing.quotas import Quotas
from app.thinking.drawing.values import Values

# What a broken rule costs: more than all that a search may gain elsewhere. What can't be exchanged costs BARRED.
HARD = 10**11
BARRED = 10**15
UNIT = 2
# What the next meeting costs after so many, UNIT being a repeat: "even" adds half of one for a third meeting.
PRICES = {
    "even": lambda before: UNIT * before + pairs(before),
    "Q": lambda before: UNIT * before,
    "distinct": lambda before: UNIT * min(before, 1),
}


class Table:
    """One seating under search; mix and even_out are the weights of a repeat and of a value too many, in pairs.

    Costs are whole numbers: `total` is UNIT times the weighted sum.
    """

    def __init__(self, instance: Instance, seating: Seating, objective: str, mix: int, even_out: int):
        self.instance = instance
        self.n = n = instance.n
        most = len(instance.history) + instance.rounds + 2
        self.price = [mix * PRICES[objective](before) for before in range(most)]
        self.members = [[list(group) for group in groups] for groups in seating]
        self.where = [[-1] * n for _ in seating]
        for at, groups in zip(self.where, seating, strict=True):
            for g, group in enumerate(groups):
                for x in group:
                    at[x] = g
        self.mates = [frozenset()] * n
        for unit in instance.together:
            for x in unit:
                self.mates[x] = frozenset(unit)
        self._acquaint()
        self.foes: list[list[int]] = [[] for _ in range(n)]
        for a, b in instance.apart:
            self.foes[a].append(b)
            self.foes[b].append(a)
        self.values = Values(instance, self.members, UNIT * even_out)
        self.quotas = Quotas(instance, self.members)
        self.pinned = [frozenset(x for at, x, _ in instance.pins if at == r) for r in range(instance.rounds)]
        self.stuck = [self._stuck(r) for r in range(instance.rounds)]
        self.cost = [self._costs(r) for r in range(instance.rounds)]
        self.own = [
            [costs[g][x] if g >= 0 else 0 for x, g in enumerate(at)]
            for costs, at in zip(self.cost, self.where, strict=True)
        ]
        rows: dict[frozenset[int], dict[int, list[int]]] = {}
        self.far = [rows.setdefault(stuck, {}) for stuck in self.stuck]
        self.total = self._total()

    def _acquaint(self) -> None:
        """met[x]: {y: how often together, history included}, without those who must be together."""
        self.met: list[dict[int, int]] = [{} for _ in range(self.n)]
        for groups in [*self.instance.history, *self.members]:
            for group in groups:
                known = [x for x in group if x < self.n]
                for x in known:
                    met, mates = self.met[x], self.mates[x]
                    for y in known:
                        if x != y and y not in mates:
                            met[y] = met.get(y, 0) + 1
        self.again = {(x, y): None for x, met in enumerate(self.met) for y, m in met.items() if x < y and m > 1}

    def _stuck(self, r: int) -> frozenset[int]:
        """Who can't be exchanged one by one in round r: absent, pinned, or with somebody they must be with."""
        present = self.instance.present[r]
        stuck = set(range(self.n)) - present | self.pinned[r]
        for unit in self.instance.together:
            here = present.intersection(unit)
            if len(here) > 1:
                stuck |= here
        return frozenset(stuck)

    def _costs(self, r: int) -> list[list[int]]:
        costs = [self.values.crowd(group) for group in self.members[r]]
        at, price = self.where[r], self.price
        for x in self.instance.present[r]:
            for y, m in self.met[x].items():
                if at[y] >= 0:
                    costs[at[y]][x] += price[m - (at[y] == at[x])]
            for y in self.foes[x]:
                if at[y] >= 0:
                    costs[at[y]][x] += HARD
        return costs

    def _total(self) -> int:
        paid = [sum(self.price[:m]) for m in range(len(self.price))]
        total = sum(paid[m] for met in self.met for m in met.values()) // 2 + self.values.total()
        broken = sum(at[a] == at[b] >= 0 for at in self.where for a, b in self.instance.apart) + self.quotas.broken()
        return total + HARD * broken

    def _far(self, r: int, kind: int) -> list[int]:
        """What exchanging somebody of this kind with anybody costs for sharing fewer values, BARRED if stuck."""
        row = self.values.distances(kind)
        for x in self.stuck[r]:
            row[x] += BARRED
        self.far[r][kind] = row
        return row

    def deltas(self, r: int, i: int) -> list[int]:
        """For everybody j: what exchanging i with j in round r changes; BARRED where it can't be.

        j in i's own group stands for leaving everything as it is: 0, or dearer.
        """
        at, costs = self.where[r], self.cost[r]
        g = at[i]
        here = costs[g]
        leaving = here[i]
        mine = [group[i] - leaving for group in costs]
        kind = self.values.kind[i]
        far = self.far[r].get(kind) or self._far(r, kind)
        deltas = list(map(add, map(add, map(mine.__getitem__, at), far), map(sub, here, self.own[r])))
        price = self.price
        for k, m in self.met[i].items():
            if at[k] != g:
                deltas[k] -= 2 * price[m]
        for k in self.foes[i]:
            if at[k] != g:
                deltas[k] -= 2 * HARD
        if self.quotas.rules:
            return [d + HARD * q for d, q in zip(deltas, self.quotas.changes(r, i, at), strict=True)]
        return deltas

    def delta(self, r: int, i: int, j: int) -> int:
        """What exchanging i with j of another group in round r changes, barred or not."""
        g, h = self.where[r][i], self.where[r][j]
        costs = self.cost[r]
        change = costs[h][i] - costs[g][i] + costs[g][j] - costs[h][j]
        change += self.values.distances(self.values.kind[i])[j]
        change -= 2 * self.price[self.met[i].get(j, 0)] + 2 * HARD * (j in self.foes[i])
        return change + HARD * self.quotas.change(r, i, j, g, h) if self.quotas.rules else change

    def exchange(self, r: int, i: int, j: int, change: int) -> None:
        """Person i of one group and j of another change places in round r, which changes the total by `change`."""
        self.total += change
        at, costs, price = self.where[r], self.cost[r], self.price
        g, h = at[i], at[j]
        if self.quotas.rules:
            self.quotas.exchange(r, i, j, g, h)
        shift = self.values.shift(i, j)
        if shift:
            self.values.exchange(r, i, j, g, h)
            costs[g] = list(map(add, costs[g], shift))
            costs[h] = list(map(sub, costs[h], shift))
        from_g, from_h = costs[g], costs[h]
        for k, m in self.met[i].items():
            p = price[m - (at[k] == g)]
            from_g[k] -= p
            from_h[k] += p
        for k, m in self.met[j].items():
            p = price[m - (at[k] == h)]
            from_h[k] -= p
            from_g[k] += p
        for k in self.foes[i]:
            from_g[k] -= HARD
            from_h[k] += HARD
        for k in self.foes[j]:
            from_h[k] -= HARD
            from_g[k] += HARD
        group_g, group_h = self.members[r][g], self.members[r][h]
        group_g.remove(i)
        group_h.remove(j)
        self._part(r, i, group_g)
        self._meet(r, i, group_h)
        self._part(r, j, group_h)
        self._meet(r, j, group_g)
        group_g.append(j)
        group_h.append(i)
        at[i], at[j] = h, g
        own = self.own[r]
        for k in group_g:
            own[k] = from_g[k]
        for k in group_h:
            own[k] = from_h[k]

    def _rows(self, r: int, x: int) -> list[tuple]:
        """(where, costs, costs of x's group, x's group, own) of every other round that x is in."""
        return [
            (at, costs, costs[at[x]], at[x], own)
            for q, (at, costs, own) in enumerate(zip(self.where, self.cost, self.own, strict=True))
            if q != r and at[x] >= 0
        ]

    def _part(self, r: int, x: int, group: list[int]) -> None:
        """x is no longer with the people of group in round r: they become cheaper for each other in other rounds."""
        met, mine, price = self.met, self.met[x], self.price
        rows = self._rows(r, x)
        for y in group:
            m = mine.get(y, 0)
            if m == 1:
                del mine[y], met[y][x]
                self._reprice(rows, x, y, -price[1], 0)
            elif m:
                mine[y] = met[y][x] = m - 1
                if m == 2:
                    del self.again[(x, y) if x < y else (y, x)]
                self._reprice(rows, x, y, price[m - 1] - price[m], price[m - 2] - price[m - 1])

    def _meet(self, r: int, x: int, group: list[int]) -> None:
        """x is now with the people of group in round r: they become dearer for each other in other rounds."""
        met, mine, price, mates = self.met, self.met[x], self.price, self.mates[x]
        rows = self._rows(r, x)
        for y in group:
            if y in mates:
                continue
            m = mine.get(y, 0)
            mine[y] = met[y][x] = m + 1
            if m == 1:
                self.again[(x, y) if x < y else (y, x)] = None
            self._reprice(rows, x, y, price[m + 1] - price[m], price[m] - price[m - 1] if m else 0)

    @staticmethod
    def _reprice(rows: list[tuple], x: int, y: int, apart: int, together: int) -> None:
        """x and y cost each other more (or less) in the rounds of `rows`: there apart, or together."""
        for at, costs, mine, a, own in rows:
            b = at[y]
            if b == a:
                if together:
                    mine[x] += together
                    mine[y] += together
                    own[x] += together
                    own[y] += together
            elif b >= 0:
                costs[b][x] += apart
                mine[y] += apart

    def troubled(self) -> list[tuple[int, int]]:
        """(round, person) for all who meet somebody again, are one too many of a value, or break a rule."""
        if len(self.again) > sum(map(len, self.instance.present)):
            return [(r, x) for r, present in enumerate(self.instance.present) for x in sorted(present)]
        found: dict[tuple[int, int], None] = {}
        for pairs_ in (self.again, self.instance.apart):
            for x, y in pairs_:
                for r, at in enumerate(self.where):
                    if at[x] == at[y] >= 0:
                        found[r, x] = found[r, y] = None
        for r, groups in enumerate(self.members):
            for g, group in enumerate(groups):
                found.update(dict.fromkeys((r, x) for x in self.values.crowded(r, g, group)))
                if self.quotas.rules:
                    found.update(dict.fromkeys((r, x) for x in self.quotas.troubled(r, g)))
        return list(found)
