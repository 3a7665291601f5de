"""Moving people between groups: swaps, small groups, who is away, and what it would cost."""

import collections

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.core import Refused
from app.domain.lots import Draw
from app.domain.people import Me, Person
from app.domain.receipts import receipt
from app.domain.rules import Pin, Rule
from app.domain.seating import Group, Seat, groups_of, seat_of
from app.thinking.grouping import verify
from tests.domain.room import PLAN, Room


def refused(room, code, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        room.ask(*args, **kwargs)
    assert caught.value.code == code
    return caught.value.facts


def sound(room, session="one"):
    """Sizes are right, everybody is in the board's audience of their seat only, each group has one rapporteur."""
    counted = collections.Counter(s.group for s in room.state.where(Seat, "session", session))
    assert {g.id: g.size for g in groups_of(room.state, session)} == {
        g.id: counted[g.id] for g in groups_of(room.state, session)
    }
    for seat in room.state.where(Seat, "session", session):
        boards = [a for a in room.state.get(Me, seat.person).audiences if a.startswith(f"board:{session}.")]
        assert boards == [f"board:{seat.group}"]
    for group in groups_of(room.state, session):
        reporting = sum(s.rapporteur for s in room.state.where(Seat, "group", group.id))
        assert reporting == (1 if group.size else 0)
    assert room.folds()


def test_a_swap_is_one_change_and_one_undo():
    room = Room().drawn(7)
    a, b = room.of("one.A")[0], room.of("one.B")[0]
    told = room.ask("PreviewSeats", session="one", seats={a.id: "one.B", b.id: "one.A"})
    assert told.keys() == {"repeats", "imbalance", "breaks"}
    head = room.state.head
    change = room.ask("SeatPeople", session="one", seats={a.id: "one.B", b.id: "one.A"})
    assert change.seq == head + 1
    assert [seat_of(room.state, "one", p.id).group for p in (a, b)] == ["one.B", "one.A"]
    sound(room)
    room.ask("Undo", event=change.seq)
    assert [seat_of(room.state, "one", p.id).group for p in (a, b)] == ["one.A", "one.B"]


def test_a_preview_names_the_rule_that_would_be_broken_with_the_people():
    room = Room()
    for n in range(6):
        room.join("north" if n % 2 else "south")
    pair = sorted(p.id for p in room.people[:2])
    room.ask("AddRule", rule="apart", people=pair)
    room.ask("DrawGroups")
    where = seat_of(room.state, "one", pair[1]).group
    assert seat_of(room.state, "one", pair[0]).group != where
    [broken] = room.ask("PreviewSeats", session="one", seats={pair[0]: where})["breaks"]
    assert (broken["kind"], sorted(broken["people"]), broken["group"]) == ("apart", pair, where)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_moved_sizes_boards_and_rapporteurs_stay_right(data):
    room = Room().drawn(8)
    for _ in range(data.draw(st.integers(1, 5))):
        who = data.draw(st.lists(st.sampled_from(room.people), min_size=1, max_size=4, unique=True))
        seats = {p.id: data.draw(st.sampled_from(["one.A", "one.B", "one.C", None])) for p in who}
        room.ask("SeatPeople", session="one", seats=seats)
    counted = collections.Counter(s.group for s in room.state.where(Seat, "session", "one"))
    assert all(g.size == counted[g.id] for g in groups_of(room.state, "one"))
    for person in room.people:
        seat = seat_of(room.state, "one", person.id)
        boards = [a for a in room.state.get(Me, person.id).audiences if a.startswith("board:one.")]
        assert boards == ([f"board:{seat.group}"] if seat else [])
    assert room.folds()


def test_a_group_that_became_small_is_joined_with_others_and_who_is_away_gives_up_the_seat():
    room = Room().drawn(9)
    gone, *_ = left = room.of("one.C")
    for person in left[:2]:
        room.ask("SetAway", person=person.id, away=True)
    assert seat_of(room.state, "one", gone.id)
    plan = room.ask("PreviewMerge", session="one", least=2)
    assert plan["dissolved"] == ["one.C"]
    assert plan["seats"][gone.id] is None and plan["seats"][left[2].id] in ("one.A", "one.B")
    room.ask("SeatPeople", session="one", **plan)
    assert [g.label for g in groups_of(room.state, "one")] == ["A", "B"]
    sound(room)


def test_a_dissolved_group_that_wrote_cards_stays_with_them():
    room = Room().drawn(6)
    room.card("one.C")
    seats = {p.id: "one.A" for p in room.of("one.C")}
    first = next(iter(seats))
    refused(room, "group-not-empty", "SeatPeople", session="one", seats={first: "one.A"}, dissolved=["one.C"])
    room.ask("SeatPeople", session="one", seats=seats, dissolved=["one.C"])
    assert room.state.get(Group, "one.C").size == 0
    sound(room)


def test_who_is_away_gives_up_what_nobody_has_seen_and_is_seated_again_when_back():
    room = Room().drawn(7)
    who = room.people[0]
    held = seat_of(room.state, "one", who.id).group
    room.ask("SetAway", person=who.id, away=True)
    assert seat_of(room.state, "one", who.id).group == held
    assert seat_of(room.state, "two", who.id) is None
    room.ask("SetAway", person=who.id, away=False)
    assert seat_of(room.state, "two", who.id) is not None
    assert not room.state.get(Person, who.id).away
    sound(room)


def test_pinned_people_stay_when_it_is_drawn_again_and_a_pin_goes_with_its_person():
    room = Room()
    for n in range(9):
        room.join("north" if n % 2 else "south")
    room.ask("DrawGroups")
    pinned = {}
    for person in room.people[:3]:
        room.ask("PinSeat", session="one", person=person.id, on=True)
        pinned[person.id] = seat_of(room.state, "one", person.id).group
    for _ in range(3):
        room.ask("DrawGroups")
        assert {p: seat_of(room.state, "one", p).group for p in pinned} == pinned
    first = room.people[0].id
    elsewhere = next(g.id for g in groups_of(room.state, "one") if g.id != pinned[first])
    room.ask("SeatPeople", session="one", seats={first: elsewhere})
    assert room.state.get(Pin, f"one.{first}").group == elsewhere
    room.ask("PinSeat", session="one", person=first, on=False)
    assert room.state.get(Pin, f"one.{first}") is None
    refused(room, "not-in-group", "PinSeat", session="regions", person=first, on=True)
    assert room.folds()


def test_rules_are_kept_by_every_draw_and_undone_like_anything_else():
    room = Room()
    for n in range(9):
        room.join("north" if n % 3 else "south")
    ids = [p.id for p in room.people]
    room.ask("AddRule", rule="together", people=ids[:2])
    apart = room.ask("AddRule", rule="apart", people=ids[1:4])
    room.ask("AddRule", rule="least", attribute="region", value="south", least=1)
    room.ask("DrawGroups")
    for session in ("one", "two"):
        at = {p: seat_of(room.state, session, p).group for p in ids}
        assert at[ids[0]] == at[ids[1]] and len({at[p] for p in ids[1:4]}) == 3
    assert room.ask("AddRule", rule="apart", people=ids[1:4]) is None
    room.ask("Undo", event=apart.seq)
    assert {r.rule for r in room.state.all(Rule)} == {"together", "least"}
    room.ask("ForgetPerson", person=ids[0])
    assert {r.rule for r in room.state.all(Rule)} == {"least"}
    refused(room, "rule-needs-two", "AddRule", rule="apart", people=ids[1:2])
    refused(room, "unknown-attribute", "AddRule", rule="least", attribute="shoe", value="x")
    refused(room, "unknown-answer", "AddRule", rule="least", attribute="region", value="moon")
    refused(room, "unknown-attribute", "SpreadBy", attributes=["shoe"])
    assert room.folds()


def test_rules_that_contradict_each_other_are_named_with_the_people_they_are_about():
    room = Room()
    for n in range(6):
        room.join("north" if n % 2 else "south")
    pair = sorted(p.id for p in room.people[:2])
    room.ask("AddRule", rule="together", people=pair)
    room.ask("AddRule", rule="apart", people=pair)
    [clash] = refused(room, "rules-clash", "DrawGroups")["clashes"]
    assert (clash["kind"], sorted(clash["people"])) == ("together_vs_apart", pair)


def test_groups_of_one_language_are_made_where_interpreters_speak_all():
    room = Room(plan={**PLAN, "agenda": [PLAN["agenda"][1]], "balance": []})
    for n in range(9):
        room.join(lang=["en", "fr", "es"][n % 3])
    room.ask("AddRule", rule="language")
    room.ask("DrawGroups")
    for group in groups_of(room.state, "one"):
        assert len({room.state.get(Person, s.person).lang for s in room.state.where(Seat, "group", group.id)}) == 1
    room.ask("SetInterpreter", person=room.people[0].id, on=True)
    room.ask("DrawGroups")
    assert room.folds()


def test_another_way_to_groups_is_chosen_until_they_are_known():
    room = Room().drawn(7)
    refused(room, "already-drawn", "ChooseGrouping", session="one", grouping="hand")
    room.ask("ChooseGrouping", session="two", grouping="same")
    assert not groups_of(room.state, "two")
    room.ask("MakeGroups", session="two")
    at = lambda s: {p.id: seat_of(room.state, s, p.id).group[-1] for p in room.people}  # noqa: E731
    assert at("two") == at("one")
    room.ask("ChooseGrouping", session="two", grouping="attribute", attribute="region")
    room.ask("MakeGroups", session="two")
    assert [g.title for g in groups_of(room.state, "two")] == ["north", "south"]
    assert room.ask("ChooseGrouping", session="two", grouping="attribute", attribute="region") is None
    refused(room, "unknown-attribute", "ChooseGrouping", session="two", grouping="attribute", attribute="shoe")
    room.ask("ChooseGrouping", session="two", grouping="random")
    room.ask("DrawGroups")
    assert len(groups_of(room.state, "two")) == 3
    assert room.folds()


def test_a_group_whose_rapporteur_is_away_or_forgotten_gets_another():
    room = Room().drawn(7)
    for session, kind, do in (("two", "SetAway", {"away": True}), ("one", "ForgetPerson", {})):
        leaving = next(s for s in room.state.where(Seat, "session", session) if s.rapporteur)
        room.ask(kind, person=leaving.person, **do)
        there = [s.rapporteur for s in room.state.where(Seat, "group", leaving.group)]
        assert sum(there) == 1
    assert room.folds()


def test_what_matters_more_is_a_rule_of_the_draw_and_the_receipt_draws_by_it():
    room = Room(plan={**PLAN, "agenda": PLAN["agenda"][1:3]})
    for n in range(9):
        room.join("north" if n % 2 else "south")
    room.ask("DrawGroups")
    room.ask("SetMix", mix=2)
    assert room.ask("SetMix", mix=2) is None
    room.ask("DrawGroups")
    assert room.state.get(Draw, "draw-2").reason == "rules"
    for session in ("one", "two"):
        room.ask("RevealGroups", session=session)
    told = receipt(room.state, 2)
    assert told["balance_vs_mix"] == (2, 12) and verify(told)["ok"]


def test_an_undo_brings_no_hidden_groups_into_a_session_that_everybody_knows():
    room = Room()
    for n in range(6):
        room.join("north" if n % 2 else "south")
    room.ask("DrawGroups")
    again = room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    refused(room, "changed-since", "Undo", event=again.seq)
