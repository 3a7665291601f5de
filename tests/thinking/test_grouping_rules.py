"""Rules: kept in every plan, and refused at once with a hint when they contradict each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thinking import grouping
from tests.thinking.judge import faults, imbalance, possible, quickest, reference_event, repeats, workshop


def tagged(instance, **tags):
    """The instance with tags given to the first so many people: {tag: count}."""
    for tag, count in tags.items():
        for person in instance["participants"][:count]:
            person["tags"].append(tag.replace("_", ":"))
    return instance


def clashes(instance):
    with pytest.raises(grouping.Infeasible) as caught:
        grouping.plan(instance, "s")
    assert all(clash["hint"].endswith(".") for clash in caught.value.clashes)
    return {clash["kind"]: clash for clash in caught.value.clashes}


def test_interpreters_stay_beside_those_they_speak_for_and_rivals_apart():
    instance = reference_event(
        together=[["p000", "p001"], ["p004", "p005"]], apart=[["p002", "p003"], ["p007", "p008", "p009"]]
    )
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []
    assert imbalance(instance, plan.rounds) == 0
    assert repeats(instance, plan.rounds)[1] <= 22


def test_two_speakers_of_french_in_every_group_and_pinned_people_where_they_belong():
    pins = [{"id": "p020", "group": 0}, {"id": "p021", "group": 1, "round": 1}, {"id": "p022", "group": 2, "round": 0}]
    instance = workshop(30, 6, 4, values={"gender": [13, 17]}, pins=pins, min_count=[{"tag": "lang:fr", "min": 2}])
    plan = grouping.plan(tagged(instance, lang_fr=14), "s")
    assert faults(instance, plan.rounds) == []
    assert repeats(instance, plan.rounds)[0] <= 4
    assert imbalance(instance, plan.rounds) == 0


def test_every_group_has_a_language_that_all_of_it_speak():
    instance = workshop(40, 8, 3, common_language=True)
    for k, person in enumerate(instance["participants"]):
        person["tags"] = [["lang:en"], ["lang:en", "lang:fr"], ["lang:fr"], ["lang:es", "lang:en"], ["lang:es"]][k % 5]
    plan = grouping.plan(instance, "s")
    assert faults(instance, plan.rounds) == []


def test_sets_that_share_somebody_are_one_set():
    instance = workshop(12, 3, 2, together=[["p000", "p001"], ["p001", "p002"]])
    plan = grouping.plan(instance, "s")
    assert faults({**instance, "together": [["p000", "p001", "p002"]]}, plan.rounds) == []


def test_too_few_people():
    assert clashes(workshop(4, 5, 1))["too_few_people"]["hint"].endswith("Make at most 4.")


def test_a_person_listed_twice():
    instance = workshop(6, 2, 1)
    instance["participants"][1]["id"] = "p000"
    assert clashes(instance)["duplicate_id"]["ids"] == ["p000"]


def test_more_people_together_than_a_group_holds():
    kinds = clashes(workshop(9, 3, 1, together=[["p000", "p001", "p002", "p003"]]))
    assert kinds["together_larger_than_group"]["ids"] == ["p000", "p001", "p002", "p003"]


def test_together_and_apart_through_somebody_else():
    instance = workshop(20, 5, 2, together=[["p000", "p001"], ["p001", "p002"]], apart=[["p000", "p002"]])
    assert clashes(instance)["together_vs_apart"]["ids"] == ["p000", "p002"]


def test_more_rivals_than_groups():
    instance = workshop(17, 3, 2, apart=[["p000", "p004", "p008", "p011"]])
    assert clashes(instance)["apart_clique"]["ids"] == ["p000", "p004", "p008", "p011"]


def test_rivals_named_in_pairs_are_found_too():
    ids = ["p000", "p001", "p002"]
    pairs = [[a, b] for a in ids for b in ids if a < b]
    assert "apart_clique" in clashes(workshop(8, 2, 1, apart=pairs))


def test_too_few_people_with_a_tag_and_how_many_groups_would_do():
    instance = tagged(workshop(30, 6, 2, min_count=[{"tag": "lang:fr", "min": 2}]), lang_fr=11)
    clash = clashes(instance)["not_enough_tagged"]
    assert (clash["have"], clash["need"]) == (11, 12)
    assert "at most 5 groups" in clash["hint"] and "at most 1 per group" in clash["hint"]
    assert "round" not in clash


def test_a_clash_of_one_session_names_it():
    instance = workshop(12, [3, 6], 2, together=[["p000", "p001", "p002"]])
    clash = clashes(instance)["together_larger_than_group"]
    assert clash["round"] == 1
    assert clash["hint"].startswith("Session 2: ")


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("pin_no_such_group", {"pins": [{"id": "p000", "group": 5}]}),
        ("pin_conflict", {"pins": [{"id": "p000", "group": 0}, {"id": "p000", "group": 1, "round": 0}]}),
        (
            "pin_conflict",
            {"pins": [{"id": "p000", "group": 0}, {"id": "p001", "group": 1}], "together": [["p000", "p001"]]},
        ),
        ("pins_overfill_group", {"pins": [{"id": f"p00{k}", "group": 1, "round": 0} for k in range(5)]}),
        ("pin_vs_apart", {"pins": [{"id": f"p00{k}", "group": 1} for k in range(2)], "apart": [["p000", "p001"]]}),
        (
            "together_does_not_fit",
            {"together": [[f"p{k:03d}", f"p{k + 1:03d}", f"p{k + 2:03d}"] for k in (0, 3, 6, 9)]},
        ),
    ],
)
def test_pins_and_sets_that_do_not_fit(kind, rules):
    n = 14 if kind == "together_does_not_fit" else 12
    groups = 4 if kind == "pins_overfill_group" else 3
    assert kind in clashes(workshop(n, groups, 2, **rules))


def test_too_many_groups_pinned_full():
    pins = [{"id": f"p{k:03d}", "group": k // 4} for k in range(8)]
    assert "too_many_large_pinned_groups" in clashes(workshop(10, 3, 1, pins=pins))


def test_languages_nobody_shares():
    instance = workshop(9, 3, 1, common_language=True, together=[["p000", "p008"]])
    for k, person in enumerate(instance["participants"]):
        person["tags"] = ["lang:en"] if k < 5 else ["lang:fr"]
    assert clashes(instance)["together_without_common_language"]["ids"] == ["p000", "p008"]
    instance["participants"][4]["tags"] = []
    assert clashes(instance)["no_language"]["ids"] == ["p004"]


def test_a_clash_among_a_thousand_people_is_found_in_a_tenth_of_a_second():
    instance = tagged(workshop(1000, 100, 5, min_count=[{"tag": "lang:fr", "min": 2}]), lang_fr=199)
    assert "not_enough_tagged" in clashes(instance)
    assert quickest(lambda: clashes(instance)) < 0.1


def test_rules_that_clash_only_all_together_leave_the_best_plan_and_what_it_breaks():
    # Five countries sit in a ring, each apart from its neighbours, in two groups: no two-colouring of an odd ring.
    ring = [[f"p00{k}", f"p00{(k + 1) % 5}"] for k in range(5)]
    with pytest.raises(grouping.Unresolved) as caught:
        grouping.plan(workshop(6, 2, 1, apart=ring), "s")
    assert len(caught.value.broken_rules) == 1
    assert caught.value.broken_rules[0]["kind"] == "apart"
    assert caught.value.best_plan.report["hard"] == 1


@st.composite
def tight(draw):
    """Tiny workshops with so many rules that about half of them are impossible."""
    n = draw(st.integers(3, 7))
    ids = [f"p{k:03d}" for k in range(n)]
    sets = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True)
    pin = st.fixed_dictionaries({"id": st.sampled_from(ids), "group": st.integers(0, 2)})
    instance = workshop(
        n,
        draw(st.integers(1, 3)),
        1,
        together=draw(st.lists(sets, max_size=2)),
        apart=draw(st.lists(sets, max_size=2)),
        pins=draw(st.lists(pin, max_size=2)),
        min_count=draw(st.sampled_from([[], [{"tag": "t", "min": 1}], [{"tag": "t", "min": 2}]])),
        common_language=draw(st.booleans()),
    )
    for person in instance["participants"]:
        person["tags"] = draw(st.lists(st.sampled_from(["t", "lang:en", "lang:sw"]), unique=True))
    return instance


@given(tight())
@settings(max_examples=150, deadline=None)
def test_a_plan_is_refused_only_if_there_is_none_and_found_if_there_is_one(instance):
    try:
        plan = grouping.plan(instance, "s")
    except (grouping.Infeasible, grouping.Unresolved):
        assert not possible(instance)
    else:
        assert faults(instance, plan.rounds) == []


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("instance", None),
        ("participants", {"participants": "all"}),
        ("participants", {"participants": []}),
        ("participants[0]", {"participants": ["p000"]}),
        ("participants[0].id", {"participants": [{"id": 7}]}),
        ("participants[0].attrs", {"participants": [{"id": "a", "attrs": "x"}]}),
        ("participants[0].attrs.x", {"participants": [{"id": "a", "attrs": {"x": [1]}}]}),
        ("participants[0].tags", {"participants": [{"id": "a", "tags": "t"}]}),
        ("participants[0].absent", {"participants": [{"id": "a", "absent": [-1]}]}),
        ("rounds", {"rounds": 0}),
        ("rounds", {"rounds": True}),
        ("groups", {"groups": [2]}),
        ("groups", {"groups": None}),
        ("balance[0]", {"balance": [3]}),
        ("balance[0].weight", {"balance": [{"attr": "x", "weight": 0}]}),
        ("together[0]", {"together": [["p000", "nobody"]]}),
        ("apart[0]", {"apart": ["p000"]}),
        ("pins[0].group", {"pins": [{"id": "p000", "group": "A"}]}),
        ("pins[0].round", {"pins": [{"id": "p000", "group": 0, "round": 9}]}),
        ("min_count[0].min", {"min_count": [{"tag": "t", "min": "2"}]}),
        ("common_language", {"common_language": "yes"}),
        ("history[0]", {"history": ["p000"]}),
        ("history[0]", {"history": [[["p000"], ["p000"]]]}),
    ],
)
def test_what_is_not_an_instance_is_refused_with_the_place(field, change):
    instance = change and {**workshop(6, 2, 2), **change}
    with pytest.raises(grouping.BadInput) as caught:
        grouping.plan(instance, "s")
    assert caught.value.field == field
    assert "\n" not in str(caught.value)
