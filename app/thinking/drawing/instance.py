"""What is to be drawn: who, into how many groups, over how many rounds, under which rules.

`parse` turns the JSON instance into an `Instance`, in which people are numbers 0 … n-1; the order of the
input never matters. A round is a session of the workshop; the word *round* stays inside this package.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from app.thinking.drawing import reading
from app.thinking.drawing.receipts import digest


@dataclass(frozen=True)
class Attribute:
    """A property to balance: `values[person]` is the number of the person's value (nothing stated is a value)."""

    name: str
    weight: int
    values: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class MinCount:
    """At least `least` people with `tag` in every group."""

    tag: str
    least: int
    people: frozenset[int]


@dataclass(frozen=True)
class Instance:
    """One draw. People are numbers; `history` may also name strangers (people who left), numbered from n."""

    ids: tuple[str, ...]
    groups: tuple[int, ...]
    present: tuple[frozenset[int], ...]
    balance: tuple[Attribute, ...]
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    pins: tuple[tuple[int, int, int], ...]
    min_count: tuple[MinCount, ...]
    languages: tuple[tuple[str, frozenset[int]], ...] | None
    history: tuple[tuple[tuple[int, ...], ...], ...]
    canonical: dict

    @property
    def n(self) -> int:
        """How many people there are, absent ones included."""
        return len(self.ids)

    @property
    def rounds(self) -> int:
        """How many rounds are to be drawn."""
        return len(self.groups)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical instance."""
        return digest(self.canonical)

    @cached_property
    def glued(self) -> frozenset[tuple[int, int]]:
        """The pairs that must be together: they count neither as meetings nor as repeats."""
        return frozenset(pair for unit in self.together for pair in combinations(unit, 2))

    @cached_property
    def free(self) -> bool:
        """Nothing but balance asks for anything: no rule, no absence, no history, the same groups each time."""
        return not (
            self.together
            or self.apart
            or self.pins
            or self.min_count
            or self.languages is not None
            or self.history
            or len(set(self.groups)) > 1
            or any(len(present) < self.n for present in self.present)
        )

    def sizes(self, r: int) -> list[int]:
        """The sizes of the groups of round r, largest first: they differ by one at most."""
        least, more = divmod(len(self.present[r]), self.groups[r])
        return [least + 1] * more + [least] * (self.groups[r] - more)

    def in_order(self, order: list[int]) -> "Instance":
        """The same draw with the people renumbered: person order[k] becomes k."""
        new = {old: k for k, old in enumerate(order)}
        strangers = max((x for past in self.history for g in past for x in g), default=-1)
        new.update({x: x for x in range(self.n, strangers + 1)})

        def people(numbers):
            return frozenset(new[x] for x in numbers)

        def tuples(groups):
            return tuple(sorted(tuple(sorted(new[x] for x in g)) for g in groups))

        return Instance(
            ids=tuple(self.ids[x] for x in order),
            groups=self.groups,
            present=tuple(map(people, self.present)),
            balance=tuple(
                Attribute(a.name, a.weight, tuple(a.values[x] for x in order), a.names) for a in self.balance
            ),
            together=tuples(self.together),
            apart=tuples(self.apart),
            pins=tuple(sorted((r, new[x], g) for r, x, g in self.pins)),
            min_count=tuple(MinCount(m.tag, m.least, people(m.people)) for m in self.min_count),
            languages=self.languages and tuple((tag, people(who)) for tag, who in self.languages),
            history=tuple(map(tuples, self.history)),
            canonical=self.canonical,
        )


def parse(raw: dict) -> Instance:
    """The JSON instance as an `Instance`; BadInput if it isn't one. What no rule uses is left out.

    People named twice are kept apart here and refused by `rules.clashes` (duplicate_id).
    """
    given = reading.instance(raw)
    people = sorted(given["participants"], key=lambda p: (p["id"], p["absent"], sorted(p["tags"])))
    number = {}
    for k, person in enumerate(people):
        number.setdefault(person["id"], k)
    rounds = len(given["groups"])
    attributes = []
    for name, weight in given["balance"]:
        texts = [reading.value_name(p["attrs"].get(name)) for p in people]
        names = sorted(set(texts))
        rank = {text: k for k, text in enumerate(names)}
        values = tuple(rank[text] for text in texts)
        attributes.append(Attribute(name, weight, values, tuple(names)))
    tagged: dict[str, set[int]] = {}
    for k, person in enumerate(people):
        for tag in person["tags"]:
            tagged.setdefault(tag, set()).add(k)
    languages = None
    if given["common_language"]:
        languages = tuple((t, frozenset(tagged[t])) for t in sorted(tagged) if t.startswith("lang:"))
    numbers = dict(number)
    for x in sorted({x for past in given["history"] for g in past for x in g if x not in number}):
        numbers[x] = len(people) + len(numbers) - len(number)
    return Instance(
        ids=tuple(p["id"] for p in people),
        groups=tuple(given["groups"]),
        present=tuple(frozenset(k for k, p in enumerate(people) if r not in p["absent"]) for r in range(rounds)),
        balance=tuple(attributes),
        together=_units([[number[x] for x in unit] for unit in given["together"]]),
        apart=tuple(
            sorted({tuple(sorted((number[a], number[b]))) for g in given["apart"] for a, b in combinations(g, 2)})
        ),
        pins=tuple(
            sorted(
                {
                    (r, number[pin["id"]], pin["group"])
                    for pin in given["pins"]
                    for r in ([pin["round"]] if "round" in pin else range(rounds))
                    if r not in people[number[pin["id"]]]["absent"]
                }
            )
        ),
        min_count=tuple(MinCount(t, least, frozenset(tagged.get(t, ()))) for t, least in given["min_count"]),
        languages=languages,
        history=tuple(tuple(tuple(sorted(numbers[x] for x in g)) for g in past) for past in given["history"]),
        canonical=_canonical(given, people),
    )


def _units(sets: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Sets that share somebody are one set."""
    units: list[set[int]] = []
    for chosen in sets:
        merged = set(chosen)
        apart = []
        for unit in units:
            if unit & merged:
                merged |= unit
            else:
                apart.append(unit)
        units = [*apart, merged]
    return tuple(sorted(tuple(sorted(unit)) for unit in units if len(unit) > 1))


def _canonical(given: dict, people: list[dict]) -> dict:
    """The instance as the receipt shows it: only what a rule uses, everything in one order."""
    used = {name for name, _ in given["balance"]}
    wanted = {tag for tag, _ in given["min_count"]}
    speaking = given["common_language"]
    shown = []
    for person in people:
        attrs = {a: v for a, v in person["attrs"].items() if a in used and v is not None}
        tags = sorted(t for t in person["tags"] if t in wanted or (speaking and t.startswith("lang:")))
        shown.append({"id": person["id"], "attrs": attrs, "tags": tags, "absent": person["absent"]})
    return {
        "participants": shown,
        "groups": given["groups"],
        "rounds": len(given["groups"]),
        "balance": [{"attr": name, "weight": weight} for name, weight in given["balance"]],
        "together": sorted(sorted(unit) for unit in given["together"]),
        "apart": sorted(sorted(unit) for unit in given["apart"]),
        "pins": sorted(given["pins"], key=lambda pin: (pin["id"], pin.get("round", -1), pin["group"])),
        "min_count": [{"tag": tag, "min": least} for tag, least in given["min_count"]],
        "common_language": speaking,
        "history": [sorted(sorted(g) for g in past) for past in given["history"]],
    }
