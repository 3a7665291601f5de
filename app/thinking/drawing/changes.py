"""Live changes to a plan that is being used: nobody who has a seat is moved unless the change says so."""

from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import parse


def insert_late(
    instance: dict, rounds: list, person: dict, from_round: int, seed: str
) -> tuple[list[tuple[int, int]], dict]:
    """Seats for somebody who comes late, in all rounds from `from_round` on: ([(round, group)], report).

    Only groups that are smallest now are eligible, so sizes stay within one; among them the one with the fewest
    repeats and of the person's own values, ties by lot from the seed. Nobody moves. report: {repeats, partners}.
    """
    people = [p for p in instance["participants"] if p["id"] != person["id"]] + [person]
    parsed = parse({**instance, "participants": people, "pins": []})
    number = {x: k for k, x in enumerate(parsed.ids)}
    chance = Chance(seed, f"late|{person['id']}")
    me = number[person["id"]]
    met: dict[str, int] = {}
    for past in [*instance.get("history", []), *rounds]:
        for group in past:
            if person["id"] in group:
                for x in group:
                    met[x] = met.get(x, 0) + 1
    met.pop(person["id"], None)
    seats, repeats = [], 0
    for r in range(from_round, len(rounds)):
        if r in person.get("absent", ()):
            continue
        groups = rounds[r]
        smallest = min(map(len, groups))
        best = None
        for g in chance.shuffled(g for g, group in enumerate(groups) if len(group) == smallest):
            again = sum(met.get(x, 0) for x in groups[g])
            alike = sum(
                a.weight * sum(x in number and a.values[number[x]] == a.values[me] for x in groups[g])
                for a in parsed.balance
            )
            if best is None or 2 * again + 3 * alike < best[0]:
                best = (2 * again + 3 * alike, again, g)
        _, again, g = best
        repeats += again
        seats.append((r, g))
        for x in groups[g]:
            met[x] = met.get(x, 0) + 1
    return seats, {"repeats": repeats, "partners": len(met)}


def remove(rounds: list, person: str, from_round: int) -> list:
    """The plan without the person from `from_round` on; everybody else stays where they are."""
    return [
        [[x for x in group if r < from_round or x != person] for group in groups] for r, groups in enumerate(rounds)
    ]
