"""Making a seating better: exchanges of two people, the best of all partners first, with cooling noise.

A step takes one person of one round, mostly somebody who meets another again or is one too many of a value, computes
the change for every possible partner at once (`Table.deltas`), subtracts noise and takes the least. With noise from a
Gumbel distribution of scale t this draws the partner with probability proportional to exp(-change / t): heat-bath
annealing (Creutz 1980) with the Gumbel-max trick. The temperature t falls from `hot` to `cold` in equal levels.
Effort is counted in ticks (about a microsecond of the machine it was tuned on), never by a clock.
"""

from math import log
from operator import sub

from app.thinking.drawing.chance import Chance
from app.thinking.drawing.measures import Seating
from app.thinking.drawing.table import BARRED, Table

LEVELS = 30
CALM = 0.1
QUANTILES = 1024
# Rounded, so that the last bit of a machine's logarithm can't change a draw.
GUMBEL = [round(-log(-log((k + 0.5) / QUANTILES)), 4) for k in range(QUANTILES)]


class Search:
    """Anneals one table and keeps the best seating seen."""

    def __init__(self, table: Table, chance: Chance):
        self.table = table
        self.random = chance.steering().random
        rows = -(-(2 * table.n + 256) // QUANTILES)
        self.noise = chance.shuffled(GUMBEL * rows)
        self.best = table.total
        self.seating = _copy(table.members)
        self.ticks = 0
        rounds, n = len(table.members), table.n
        size = n / max(1, min(map(len, table.members)))
        known = sum(map(len, table.met)) / n
        self.step_ticks = 8 + 0.13 * n + 0.1 * known + (0.2 * n if table.quotas.rules else 0)
        self.exchange_ticks = 12 + 1.3 * size * rounds
        self.survey_ticks = 5 + 0.5 * sum(map(len, table.members))

    def anneal(self, hot: float, cold: float, ticks: int, goal: int) -> None:
        """Spends so many ticks cooling, or stops as soon as a seating costs no more than `goal`."""
        if self.best <= goal:
            return
        for level in range(LEVELS):
            t = hot + (cold - hot) * level / (LEVELS - 1)
            noise = [t * z for z in self.noise]
            until = self.ticks + ticks // LEVELS
            while self.ticks < until:
                self._sweep(noise, t, goal, until)
                if self.best <= goal:
                    return

    def _sweep(self, noise: list[float], t: float, goal: int, until: float) -> None:
        """One step for everybody in trouble, in random order and with repetition, and for some others."""
        table, random = self.table, self.random
        troubled = table.troubled()
        rounds, n, offsets = len(table.members), table.n, len(noise) - table.n
        most = max(20, min(len(troubled), int((until - self.ticks) / self.step_ticks)))
        steps = moves = 0
        while steps < most:
            steps += 1
            if troubled and random() >= CALM:
                r, i = troubled[int(random() * len(troubled))]
            else:
                r, i = int(random() * rounds), int(random() * n)
            if i in table.stuck[r]:
                self._move_block(r, i, noise, t)
                continue
            deltas = table.deltas(r, i)
            offset = int(random() * offsets)
            noisy = list(map(sub, deltas, noise[offset : offset + n]))
            j = noisy.index(min(noisy))
            if table.where[r][j] != table.where[r][i] and deltas[j] < BARRED:
                table.exchange(r, i, j, deltas[j])
                moves += 1
                if table.total <= goal:
                    break
        self.ticks += self.survey_ticks + steps * self.step_ticks + moves * self.exchange_ticks
        if table.total < self.best:
            self.best = table.total
            self.seating = _copy(table.members)

    def _move_block(self, r: int, i: int, noise: list[float], t: float) -> None:
        """Exchanges people who must be together with as many others of another group, and back if it was no gain."""
        table, at = self.table, self.table.where[r]
        block = [x for x in sorted(table.mates[i]) if at[x] >= 0]
        if at[i] < 0 or len(block) < 2 or not table.pinned[r].isdisjoint(block):
            return
        choices = self._partners(r, block)
        if not choices:
            return
        noise_at = int(self.random() * (len(noise) - len(choices) - 2))
        z = noise[noise_at : noise_at + len(choices) + 2]
        _, partners = min((score - z[k], people) for k, (score, people) in enumerate(choices))
        before = table.total
        self._exchange_all(r, block, partners)
        if table.total - before >= z[-1] - z[-2]:
            self._exchange_all(r, block, partners)

    def _exchange_all(self, r: int, block: list[int], partners: list[int]) -> None:
        for x, y in zip(block, partners, strict=True):
            self.table.exchange(r, x, y, self.table.delta(r, x, y))
            self.ticks += self.exchange_ticks

    def _partners(self, r: int, block: list[int]) -> list[tuple[int, list[int]]]:
        """(rough change, people) for every set that could change places with the block."""
        table, at = self.table, self.table.where[r]
        costs, own, g = table.cost[r], table.own[r], at[block[0]]
        choices = []
        for h, group in enumerate(table.members[r]):
            if h == g:
                continue
            coming = sum(costs[h][x] - costs[g][x] for x in block)
            gains = {y: costs[g][y] - own[y] for y in sorted(group)}
            singles = sorted((gain, y) for y, gain in gains.items() if y not in table.stuck[r])[: len(block)]
            if len(singles) == len(block):
                choices.append((coming + sum(gain for gain, _ in singles), [y for _, y in singles]))
            for y in gains:
                other = sorted(x for x in table.mates[y] if at[x] >= 0)
                if len(other) == len(block) and y == other[0] and table.pinned[r].isdisjoint(other):
                    choices.append((coming + sum(gains[x] for x in other), other))
        return choices


def _copy(members: Seating) -> Seating:
    return [[list(group) for group in groups] for groups in members]
