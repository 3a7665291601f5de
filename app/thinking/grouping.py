"""Drawing people into groups over several rounds: balanced, with few repeats, by the rules, and checkable.

Everything here is a pure function: the same instance and seed give the same plan on every machine. A round is
a session of the workshop that is drawn at random. An instance is

    {participants: [{id, attrs: {}, tags: [], absent: [round]}], groups: int | [int per round], rounds: int,
     balance: [attr | {attr, weight}], together: [[id]], apart: [[id]], pins: [{id, group, round?}],
     min_count: [{tag, min}], common_language: bool, history: [[[id]]]}

Rounds and groups count from 0. Only participants, groups and rounds are required.
"""

from dataclasses import asdict, dataclass

from app.thinking.drawing import engine, measures
from app.thinking.drawing import hosts as serving
from app.thinking.drawing.bounds import bounds
from app.thinking.drawing.chance import ALGO, Chance
from app.thinking.drawing.changes import insert_late, merge_small, preview, remove
from app.thinking.drawing.faults import BadInput, Infeasible, Unresolved
from app.thinking.drawing.instance import Instance, parse
from app.thinking.drawing.receipts import chained, commitment, digest, seed_of
from app.thinking.drawing.rules import clashes, does_not_fit
from app.thinking.drawing.verifying import verify as check

hosts = serving.hosts

__all__ = [
    "BadInput",
    "Infeasible",
    "Plan",
    "Unresolved",
    "bounds",
    "chained",
    "commitment",
    "hosts",
    "insert_late",
    "merge_small",
    "plan",
    "preview",
    "remove",
    "seed_for",
    "verify",
]

OBJECTIVES = ("even", "Q", "distinct")


@dataclass(frozen=True)
class Plan:
    """A drawn plan. rounds: [round][group] -> sorted ids; hosts: [round][group] -> id; digest: of all but report."""

    algo: str
    seed: str
    rounds: list[list[list[str]]]
    hosts: list[list[str | None]]
    report: dict
    digest: str
    instance_digest: str

    def as_json(self) -> dict:
        """The plan as plain values."""
        return asdict(self)


def plan(
    instance: dict,
    seed: str,
    *,
    objective: str = "even",
    balance_vs_mix: tuple[int, int] | None = None,
    effort: int = 1,
) -> Plan:
    """Draws all rounds of the instance together.

    objective: "even" (fewest repeats squared, then nobody three times), "Q" (repeats squared) or "distinct" (as many
    different pairs as possible). balance_vs_mix: what a repeat and a person too many with the same value weigh; by
    default 2 to 4 for up to 60 people, among whom everybody sees it, else 2 to 3. effort multiplies the search.
    Raises BadInput, Infeasible (the rules contradict each other) or Unresolved (no plan found that keeps them).
    """
    if objective not in OBJECTIVES:
        raise BadInput("objective", f"must be one of {', '.join(OBJECTIVES)}")
    if not isinstance(seed, str):
        raise BadInput("seed", "must be a text")
    sorted_people = parse(instance)
    found = clashes(sorted_people)
    if found:
        raise Infeasible(found)
    people = sorted_people.in_order(Chance(seed, "persons").shuffled(range(sorted_people.n)))
    seating = engine.seat(people, seed, objective, balance_vs_mix or engine.weights(people.n), effort)
    if seating is None:
        raise Infeasible([does_not_fit()])
    rounds = [[sorted(people.ids[x] for x in group) for group in groups] for groups in seating]
    chosen = hosts(rounds, seed)
    broken = measures.broken_rules(people, seating)
    drawn = Plan(
        algo=ALGO,
        seed=seed,
        rounds=rounds,
        hosts=chosen,
        report={"hard": len(broken), **_report(people, seating)},
        digest=plan_digest(sorted_people.digest, seed, rounds, chosen),
        instance_digest=sorted_people.digest,
    )
    if broken:
        raise Unresolved(drawn, broken)
    return drawn


def plan_digest(instance_digest: str, seed: str, rounds: list, chosen: list) -> str:
    """The digest that stands for a plan: algorithm, instance, seed, groups and hosts."""
    return digest({"algo": ALGO, "instance": instance_digest, "seed": seed, "rounds": rounds, "hosts": chosen})


def verify(record: dict) -> dict:
    """Draws a receipt again: {ok, first_difference}, the difference a sentence or None. BadInput if it isn't one."""

    def draw(instance: dict, seed: str, objective: str, weighing: list | None) -> Plan:
        return plan(instance, seed, objective=objective, balance_vs_mix=tuple(weighing) if weighing else None)

    return check(record, draw)


def seed_for(instance: dict, secret: str, public: str, number: int) -> str:
    """The seed of draw `number` of an instance, bound to a secret that was committed to and to what the room added."""
    return seed_of(secret, public, parse(instance).digest, number)


def _report(people: Instance, seating: measures.Seating) -> dict:
    met = measures.meetings(people, seating)
    excess, squared = measures.repeats(met)
    least = bounds(people.present, people.groups, people.history, people.glued)
    partners = dict.fromkeys(range(people.n), 0)
    for a, b in met:
        for x in (a, b):
            if x in partners:
                partners[x] += 1
    imbalance = measures.imbalance(people, seating)
    return {
        "E": excess,
        "Q": squared,
        "bound_E": least["E"],
        "bound_Q": least["Q"],
        "optimal": squared == least["Q"] and imbalance == 0,
        "meetings": least["meetings"],
        "max_meet": max(met.values(), default=0),
        "partners_min": min(partners.values()),
        "imbalance": imbalance,
        "pair_probability": measures.pair_probability(people, seating),
    }
