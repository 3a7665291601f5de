"""The parts under a plan: bounds, designs, and the bookkeeping of the search."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thinking.drawing import designs, engine, measures
from app.thinking.drawing.bounds import bounds
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import parse
from app.thinking.drawing.quotas import Quotas
from app.thinking.drawing.search import Search
from app.thinking.drawing.starts import stratified
from app.thinking.drawing.table import Table
from tests.thinking.judge import every_round, reference_event, repeats, workshop


@pytest.mark.parametrize(("n", "groups", "rounds"), [(4, 2, 3), (5, 2, 3), (6, 2, 2), (6, 3, 2), (6, 3, 3), (7, 2, 2)])
def test_the_bounds_are_never_above_the_best_that_all_plans_can_do(n, groups, rounds):
    instance = workshop(n, groups, rounds)
    seatings = [s for s in every_round(instance, 0) if all(s) and s == sorted(s)]
    found = [repeats(instance, [seatings[0], *rest]) for rest in product(seatings, repeat=rounds - 1)]
    least = bounds([set(range(n))] * rounds, [groups] * rounds)
    assert least["E"] <= min(e for e, _ in found)
    assert least["Q"] <= min(q for _, q in found)


def test_the_bounds_of_the_reference_event_are_those_of_the_derivation():
    assert bounds([set(range(17))] * 3, [3] * 3) == {"E": 16, "Q": 24, "meetings": 120}


PRIME_POWERS = (2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19)


@pytest.mark.parametrize("groups", range(2, 20))
@pytest.mark.parametrize("rounds", [2, 3, 5, 8])
@pytest.mark.parametrize("size", [2, 3, 5, 9])
def test_whatever_design_is_found_attains_the_pigeonhole_bound(groups, rounds, size):
    n = groups * size - groups // 3
    design = designs.find(n, groups, rounds, Chance("s", "design"))
    if design is None:
        assert groups not in PRIME_POWERS or rounds > groups
        return
    columns = [list(range(n))[at : at + groups] for at in range(0, n, groups)]
    drawn = design.rounds(columns, groups)
    assert len(drawn) == rounds
    for seated in drawn:
        assert sorted(x for g in seated for x in g) == list(range(n))
        assert max(map(len, seated)) - min(map(len, seated)) <= 1
    met = {}
    for seated in drawn:
        for group in seated:
            for pair in combinations(group, 2):
                met[pair] = met.get(pair, 0) + 1
    if size <= groups and n == groups * size:
        assert set(met.values()) <= {1}
    assert (
        sum(m * (m - 1) // 2 for m in met.values())
        <= bounds([set(range(groups * size))] * rounds, [groups] * rounds)["Q"]
    )


@st.composite
def instances(draw):
    """Small workshops with every kind of rule in any mixture."""
    n, rounds = draw(st.integers(6, 16)), draw(st.integers(1, 4))
    ids = [f"p{k:03d}" for k in range(n)]
    some = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    instance = workshop(
        n,
        draw(st.integers(2, 3)),
        rounds,
        together=draw(st.lists(some, max_size=2)),
        apart=draw(st.lists(some, max_size=2)),
        history=draw(st.sampled_from([[], [[ids[:3], ids[3:5], ["stranger", ids[5]]]]])),
        min_count=draw(st.sampled_from([[], [{"tag": "t", "min": 1}]])),
        common_language=draw(st.booleans()),
    )
    instance["balance"] = ["a", {"attr": "b", "weight": 2}]
    for person in instance["participants"]:
        person["attrs"] = {"a": draw(st.integers(0, 2)), "b": draw(st.sampled_from("xy"))}
        person["tags"] = draw(st.lists(st.sampled_from(["t", "lang:en", "lang:sw"]), unique=True))
        person["absent"] = draw(st.sampled_from([[], [], [], [0]]))
    instance["pins"] = [{"id": ids[0], "group": 0, "round": rounds - 1}]
    return instance


@given(instances(), st.sampled_from(["even", "Q", "distinct"]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_after_any_exchange_the_table_is_what_a_fresh_one_would_be(raw, objective, random):
    instance = parse(raw)
    seating = stratified(instance, Chance("s", "start"))
    if seating is None:
        return
    table = Table(instance, seating, objective, 2, 3)
    for _ in range(8):
        r = random.randrange(instance.rounds)
        i, j = random.sample(sorted(instance.present[r]), 2)
        if table.where[r][i] == table.where[r][j]:
            continue
        change = table.delta(r, i, j)
        if i not in table.stuck[r] and j not in table.stuck[r]:
            assert table.deltas(r, i)[j] == change
        table.exchange(r, i, j, change)
    fresh = Table(instance, table.members, objective, 2, 3)
    for part in ("total", "met", "own", "where"):
        assert getattr(table, part) == getattr(fresh, part), part
    for r, present in enumerate(instance.present):
        for mine, theirs in zip(table.cost[r], fresh.cost[r], strict=True):
            assert [mine[x] for x in present] == [theirs[x] for x in present]
    assert table.values.counts == fresh.values.counts
    assert set(table.again) == set(fresh.again)
    assert table.quotas.signature == Quotas(instance, table.members).signature
    assert sorted(table.troubled()) == sorted(fresh.troubled())


def test_the_search_stops_at_its_goal_and_keeps_the_best_it_saw():
    instance = parse(reference_event())
    table = Table(instance, stratified(instance, Chance("s", "start")), "even", 2, 3)
    search = Search(table, Chance("s", "steer"))
    before = table.total
    search.anneal(2, 1, 50_000, goal=before - 10)
    assert search.best <= before - 10
    assert search.ticks < 50_000
    assert Table(instance, search.seating, "even", 2, 3).total == search.best


def test_more_effort_is_never_worse():
    instance = parse(workshop(18, 6, 8))
    few, many = (engine.seat(instance, "s", "even", (2, 3), effort) for effort in (1, 3))
    squares = [measures.repeats(measures.meetings(instance, seating))[1] for seating in (few, many)]
    assert squares[1] <= squares[0]
