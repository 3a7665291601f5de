"""What a plan is worth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thinking import grouping
from tests.thinking.judge import faults, imbalance, meetings, reference_event, repeats, workshop

THREE = {"region": [28, 24, 20, 16, 12], "gender": [52, 45, 3], "work": [40, 35, 25]}


@pytest.mark.parametrize("seed", [f"seed {k}" for k in range(50)])
def test_the_reference_event_is_drawn_as_well_as_can_be(seed):
    instance = reference_event()
    plan = grouping.plan(instance, seed)
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds)[1] == 24 == plan.report["bound_Q"]
    assert max(meetings(instance, plan.rounds).values()) == 2
    assert imbalance(instance, plan.rounds) == 0
    assert len({host for hosts in plan.hosts for host in hosts}) == 9


@pytest.mark.parametrize(
    ("n", "groups", "rounds"),
    [
        (18, 6, 3), (20, 5, 4), (20, 5, 5), (24, 6, 5), (25, 5, 6), (30, 6, 5), (32, 8, 8), (32, 8, 9), (50, 8, 4),
        (100, 12, 6), (300, 40, 6), (1000, 100, 5),
    ],
)  # fmt: skip
def test_nobody_meets_anybody_twice_where_a_design_exists(n, groups, rounds):
    instance = workshop(n, groups, rounds)
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds) == (0, 0)


@pytest.mark.parametrize(("n", "groups", "rounds"), [(19, 3, 3), (21, 4, 4), (45, 3, 4), (60, 4, 4), (17, 3, 3)])
def test_where_repeats_are_unavoidable_there_are_no_more_than_proved(n, groups, rounds):
    instance = workshop(n, groups, rounds)
    plan = grouping.plan(instance, "s")
    assert repeats(instance, plan.rounds)[1] == plan.report["bound_Q"] > 0


def test_with_the_objective_distinct_as_many_different_people_meet_as_can():
    instance = workshop(17, 3, 3)
    plan = grouping.plan(instance, "s", objective="distinct")
    assert repeats(instance, plan.rounds)[0] == 16 == plan.report["bound_E"]


def test_a_hundred_people_with_three_attributes_meet_new_people_in_balanced_groups():
    instance = workshop(100, 12, 6, values=THREE)
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds)[0] <= 75
    assert imbalance(instance, plan.rounds) <= 15


@pytest.mark.parametrize(("n", "groups", "rounds", "most"), [(300, 40, 6, 10), (1000, 100, 5, 9)])
def test_hundreds_of_people_with_three_attributes_never_meet_twice(n, groups, rounds, most):
    values = {name: [count * n // 100 for count in counts] for name, counts in THREE.items()}
    instance = workshop(n, groups, rounds, values=values)
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds) == (0, 0)
    assert imbalance(instance, plan.rounds) <= most


def test_the_heavier_attribute_is_balanced_first():
    # With one woman in each of three regions, pairs of a group can't differ in both.
    people = [{"id": f"{g}{r}", "attrs": {"gender": g, "region": r}} for g in "mf" for r in "xy"]
    for heavy, light in (("gender", "region"), ("region", "gender")):
        balance = [{"attr": heavy, "weight": 9}, {"attr": light, "weight": 1}]
        apart = [[people[0]["id"], people[3]["id"]]]
        instance = {"participants": people, "groups": 2, "rounds": 1, "balance": balance, "apart": apart}
        plan = grouping.plan(instance, "s")
        assert imbalance({**instance, "balance": [heavy]}, plan.rounds) == 0


def test_the_report_says_what_an_independent_count_says():
    instance = reference_event(history=[[["p000", "p001", "p002"], ["p003", "gone", "p004"]]])
    plan = grouping.plan(instance, "s")
    report = plan.report
    assert (report["E"], report["Q"]) == repeats(instance, plan.rounds)
    assert report["max_meet"] == max(meetings(instance, plan.rounds).values())
    assert report["imbalance"] == imbalance(instance, plan.rounds)
    assert report["hard"] == 0
    same, different = report["pair_probability"]["same"], report["pair_probability"]["different"]
    assert 0 <= same < different < 1


def test_people_met_in_earlier_rounds_are_met_again_last():
    first = grouping.plan(workshop(20, 5, 2), "first").rounds
    instance = workshop(20, 5, 2, history=first)
    plan = grouping.plan(instance, "second")
    assert repeats(instance, plan.rounds) == (0, 0)
    forgetful = grouping.plan(workshop(20, 5, 2), "second")
    assert repeats(instance, forgetful.rounds)[0] > 0


def test_absences_and_other_numbers_of_groups_are_honoured():
    instance = workshop(45, [7, 7, 9, 9], 4, values={"region": [21, 14, 10]})
    for k in (3, 9, 30):
        instance["participants"][k]["absent"] = [1, 3]
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds) == (0, 0)
    assert imbalance(instance, plan.rounds) == 0


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_any_workshop_is_seated_whole_and_never_below_the_bound(data):
    n = data.draw(st.integers(1, 24))
    rounds = data.draw(st.integers(1, 4))
    groups = data.draw(st.lists(st.integers(1, n), min_size=rounds, max_size=rounds))
    instance = workshop(n, groups, rounds)
    for person in instance["participants"]:
        person["attrs"]["a"] = data.draw(st.sampled_from(["x", "y", None, 3]))
    instance["balance"] = ["a"]
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    excess, squared = repeats(instance, plan.rounds)
    assert excess >= plan.report["bound_E"]
    assert squared >= plan.report["bound_Q"]


@pytest.mark.parametrize(("n", "groups", "rounds"), [(17, 3, 3), (24, 6, 5), (30, 4, 6), (9, 3, 4), (7, 7, 2)])
def test_nobody_serves_twice_before_it_is_unavoidable(n, groups, rounds):
    plan = grouping.plan(workshop(n, groups, rounds), "s")
    hosts = [host for chosen in plan.hosts for host in chosen]
    assert max(map(hosts.count, hosts)) == -(-groups * rounds // n)
    assert all(host in group for host, group in zip(hosts, sum(plan.rounds, []), strict=True))
    others = grouping.hosts(plan.rounds, "s", exclude=plan.hosts, label="rapporteur")
    for host, other, group in zip(hosts, sum(others, []), sum(plan.rounds, []), strict=True):
        assert other != host if len(group) > 1 else other is None


def test_who_has_served_before_waits_for_the_others():
    rounds = [[["a", "b"], ["c", "d"]]]
    assert grouping.hosts(rounds, "s", served={"a": 1, "c": 2}) == [["b", "d"]]
