"""Who hosts (or reports for) each group: by lot, and nobody twice before it can't be avoided."""

from app.thinking.drawing.chance import Chance

Rounds = list[list[list[str]]]


def hosts(
    rounds: Rounds,
    seed: str,
    served: dict[str, int] | None = None,
    exclude: list[list[str]] | None = None,
    label: str = "hosts",
) -> list[list[str | None]]:
    """One member per group and round, as a bipartite matching of groups with people.

    rounds: [round][group] -> ids. served: how often somebody served before (default: nobody did).
    exclude: [round][group] -> id that may not serve there (the host, when rapporteurs are drawn).
    A person's capacity grows by one only when no matching exists without it, so the most that anybody serves is
    as low as it can be. Candidates are asked in an order drawn from (seed, label). An empty group has None, as has
    a group whose only member is excluded.
    Source: augmenting paths (Kuhn 1955), a path takes O(seats).
    """
    chance = Chance(seed, label)
    served = dict(served or {})
    seats = [(r, g) for r, groups in enumerate(rounds) for g in range(len(groups))]
    asked = {}
    for r, g in seats:
        barred = exclude[r][g] if exclude else None
        asked[r, g] = chance.shuffled(sorted(x for x in rounds[r][g] if x != barred))
    load = {x: served.get(x, 0) for members in asked.values() for x in members}
    holder: dict[tuple[int, int], str] = {}
    waiting = [seat for seat in chance.shuffled(seats) if asked[seat]]
    capacity = 1 + min(load.values(), default=0)
    while waiting:
        waiting = [seat for seat in waiting if not _seat(seat, asked, holder, load, capacity)]
        capacity += 1
    return [[holder.get((r, g)) for g in range(len(groups))] for r, groups in enumerate(rounds)]


def _seat(seat, asked, holder, load, capacity: int) -> bool:
    """Finds somebody for the seat, moving others to other seats along an augmenting path if need be."""
    holding: dict[str, list[tuple[int, int]]] = {}
    for at, x in holder.items():
        holding.setdefault(x, []).append(at)
    came_from = {}
    queue = [seat]
    reached = {seat}
    for at in queue:
        for x in asked[at]:
            if x in came_from:
                continue
            came_from[x] = at
            if load[x] < capacity:
                load[x] += 1
                _shift(x, seat, came_from, holder)
                return True
            queue += [other for other in holding.get(x, ()) if other not in reached]
            reached.update(holding.get(x, ()))
    return False


def _shift(x, seat, came_from, holder) -> None:
    """x takes the seat it was asked for; who held that seat takes the one they were asked for, and so on."""
    at = came_from[x]
    while at != seat:
        before = holder[at]
        holder[at] = x
        x, at = before, came_from[before]
    holder[seat] = x
