"""Live changes: late arrivals, leavers, merges, exchanges by hand."""

from statistics import mean

import pytest

from app.thinking import grouping
from app.thinking.drawing.chance import Chance
from tests.thinking.judge import faults, imbalance, meetings, quickest, reference_event, repeats, workshop


def seated(rounds, person, seats):
    """The plan with the person in those seats."""
    return [[[*g, person] if (r, k) in seats else list(g) for k, g in enumerate(gs)] for r, gs in enumerate(rounds)]


def arrivals(n, late, groups, rounds, choose):
    """Repeats of `late` people who come one after another to a plan for n, each seated by `choose`."""
    instance = workshop(n + late, groups, rounds)
    people = instance["participants"]
    instance["participants"] = people[:n]
    drawn = grouping.plan(instance, "s").rounds
    before = repeats({}, drawn)[0]
    for person in people[n:]:
        sizes = [[len(g) for g in gs] for gs in drawn]
        seats = choose(instance, drawn, person)
        for r, k in seats:
            assert sizes[r][k] == min(sizes[r])
        drawn = seated(drawn, person["id"], seats)
        instance["participants"] = [*instance["participants"], person]
    assert faults(instance, drawn) == []
    return repeats({}, drawn)[0] - before


@pytest.mark.parametrize(("n", "late", "groups", "rounds"), [(24, 6, 6, 4), (90, 10, 10, 4)])
def test_latecomers_meet_far_fewer_people_again_than_in_a_random_smallest_group(n, late, groups, rounds):
    def wisely(instance, drawn, person):
        return grouping.insert_late(instance, drawn, person, 0, "s")[0]

    def blindly(seed):
        chance = Chance(seed, "late")

        def choose(instance, drawn, person):
            smallest = [[k for k, g in enumerate(gs) if len(g) == min(map(len, gs))] for gs in drawn]
            return [(r, open_[chance.below(len(open_))]) for r, open_ in enumerate(smallest)]

        return choose

    by_chance = mean(arrivals(n, late, groups, rounds, blindly(f"{k}")) for k in range(10))
    assert arrivals(n, late, groups, rounds, wisely) <= 0.6 * by_chance


def test_a_latecomer_is_seated_in_all_sessions_to_come_and_nobody_moves():
    instance = reference_event()
    rounds = grouping.plan(instance, "s").rounds
    newcomer = {"id": "late", "attrs": {"region": "region0"}, "tags": []}
    seats, report = grouping.insert_late(instance, rounds, newcomer, 1, "s")
    assert [r for r, _ in seats] == [1, 2]
    after = seated(rounds, "late", seats)
    met = {pair: m for pair, m in meetings(instance, after).items() if "late" in pair}
    assert report == {"repeats": sum(met.values()) - len(met), "partners": len(met)}
    assert (seats, report) == grouping.insert_late(instance, rounds, newcomer, 1, "s")


def test_a_latecomer_who_was_there_before_meets_new_people():
    rounds = [[["a", "b", "x"], ["c", "d", "e"]], [["a", "b"], ["d", "e"]]]
    instance = {"participants": [{"id": i} for i in "abcde"], "groups": 2, "rounds": 2}
    assert grouping.insert_late(instance, rounds, {"id": "x"}, 1, "s")[0] == [(1, 1)]


def test_a_latecomer_evens_out_regions():
    rounds = [[["a", "b"], ["c", "d"]]]
    people = [{"id": i, "attrs": {"region": "north" if i in "ab" else "south"}} for i in "abcd"]
    instance = {"participants": people, "groups": 2, "rounds": 1, "balance": ["region"]}
    newcomer = {"id": "x", "attrs": {"region": "north"}}
    assert grouping.insert_late(instance, rounds, newcomer, 0, "s")[0] == [(0, 1)]


@pytest.mark.parametrize(
    ("rules", "tags"),
    [
        ({"apart": [["x", "d"]]}, []),
        ({"together": [["x", "a"]]}, []),
        ({"pins": [{"id": "x", "group": 0}]}, []),
        ({"common_language": True}, ["lang:en"]),
        ({"common_language": True, "min_count": [{"tag": "t", "min": 1}]}, ["lang:en", "t"]),
    ],
)
def test_a_latecomer_goes_to_a_larger_group_only_if_a_rule_needs_it(rules, tags):
    rounds = [[["a", "b", "c"], ["d", "e"]]]
    people = [{"id": i, "tags": ["lang:en"] if i in "abc" else ["lang:fr"]} for i in "abcde"]
    people.append({"id": "x", "tags": tags})
    instance = {"participants": people, "groups": 2, "rounds": 1, **rules}
    assert grouping.insert_late(instance, rounds, people[-1], 0, "s")[0] == [(0, 0)]
    free = {**instance, **dict.fromkeys(rules, None)}
    assert grouping.insert_late(free, rounds, people[-1], 0, "s")[0] == [(0, 1)]


def test_a_latecomer_brings_the_tag_that_a_group_lacks():
    rounds = [[["a", "b"], ["c", "d"]]]
    people = [{"id": i, "tags": ["t"] if i == "a" else []} for i in "abcd"]
    instance = {"participants": people, "groups": 2, "rounds": 1, "min_count": [{"tag": "t", "min": 1}]}
    assert grouping.insert_late(instance, rounds, {"id": "x", "tags": ["t"]}, 0, "s")[0] == [(0, 1)]


def test_a_latecomer_among_a_thousand_is_seated_in_a_twentieth_of_a_second():
    values = {"region": [400, 300, 200, 100], "gender": [600, 400], "work": [500, 300, 200]}
    instance = workshop(1000, 100, 5, values=values)
    rounds = [[[p["id"] for p in instance["participants"]][g::100] for g in range(100)]] * 5
    newcomer = {"id": "late", "attrs": {"region": "region1"}}
    assert quickest(lambda: grouping.insert_late(instance, rounds, newcomer, 0, "s")) < 0.05


def test_a_leaver_leaves_and_nobody_else_moves():
    rounds = [[["a", "b"], ["c"]], [["a", "c"], ["b"]]]
    assert grouping.remove(rounds, "b", 1) == [[["a", "b"], ["c"]], [["a", "c"], []]]
    assert rounds[1] == [["a", "c"], ["b"]]


def test_a_group_that_got_too_small_is_spread_or_joined_and_the_others_stay():
    rounds = [[["a", "b", "c"], ["d", "e", "f"], ["g"], ["h", "i", "j"]]]
    instance = {"participants": [{"id": i} for i in "abcdefghij"], "groups": 4, "rounds": 1}
    moved, after = grouping.merge_small(instance, rounds, 0, 2, 5, "s")
    assert set(moved) == {"g"}
    assert after[0][2] == []
    assert sorted(x for g in after[0] for x in g) == list("abcdefghij")
    assert "g" in after[0][moved["g"]]


def test_a_dissolved_group_meets_new_people_and_stays_beside_whom_it_must():
    held = [["a", "b", "c", "g", "h"], ["d", "e", "f"]]
    rounds = [held, [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]]]
    instance = {"participants": [{"id": i} for i in "abcdefgh"], "groups": [2, 3], "rounds": 2}
    assert grouping.merge_small(instance, rounds, 1, 3, 5, "s")[0] == {"g": 1, "h": 1}
    moved, _ = grouping.merge_small({**instance, "apart": [["g", "d"]]}, rounds, 1, 3, 5, "s")
    assert moved["g"] == 0
    together = {**instance, "together": [["g", "h"]], "apart": [["g", "d"]]}
    assert grouping.merge_small(together, rounds, 1, 3, 5, "s")[0] == {"g": 0, "h": 0}


def test_a_group_that_fits_nowhere_stays():
    rounds = [[["a", "b"], ["c"]]]
    instance = {"participants": [{"id": i} for i in "abc"], "groups": 2, "rounds": 1}
    assert grouping.merge_small(instance, rounds, 0, 2, 2, "s") == ({}, rounds)


def test_the_preview_of_an_exchange_says_what_it_would_change():
    instance = reference_event(apart=[["p000", "p001"]])
    rounds = grouping.plan(instance, "s").rounds
    at = {x: k for k, g in enumerate(rounds[1]) for x in g}
    other = next(x for x in at if at[x] == at["p001"] and x != "p001")
    preview = grouping.preview(instance, rounds, 1, {"p000": at[other], other: at["p000"]})
    names = {"p000": other, other: "p000"}
    after = [rounds[0], [[names.get(x, x) for x in g] for g in rounds[1]], rounds[2]]
    assert preview["d_repeats"] == repeats(instance, after)[0] - repeats(instance, rounds)[0]
    assert preview["d_imbalance"] == imbalance(instance, after) - imbalance(instance, rounds)
    assert [rule["kind"] for rule in preview["breaks"]] == ["apart"]
    assert preview["breaks"][0]["ids"] == ["p000", "p001"]


def test_the_preview_knows_only_participants():
    with pytest.raises(grouping.BadInput):
        grouping.preview(workshop(4, 2, 1), [[["p000", "p001"], ["p002", "p003"]]], 0, {"nobody": 1})
    with pytest.raises(grouping.BadInput):
        grouping.preview(workshop(4, 2, 1), [[["p000", "p001"], ["p002", "p003"]]], 0, {"p000": 2})


def test_the_preview_of_somebody_who_leaves_counts_no_meeting_of_theirs():
    instance = workshop(4, 2, 2)
    rounds = [[["p000", "p001"], ["p002", "p003"]]] * 2
    assert grouping.preview(instance, rounds, 1, {"p000": None})["d_repeats"] == -1
