"""Groups: drawn, made, revealed, moved between, joined late."""

import collections

import pytest

from app.domain.agenda import Session
from app.domain.core import Refused
from app.domain.draws import ApplyDraw, Receipt
from app.domain.joining import Enrol
from app.domain.lots import Draw
from app.domain.people import Me
from app.domain.seating import Group, Seat, groups_of
from tests.domain.room import PLAN, SERVER, Room


def sizes(room, session):
    return [g.size for g in groups_of(room.state, session)]


def groups(room, session):
    return {g.label: {s.person for s in room.state.where(Seat, "group", g.id)} for g in groups_of(room.state, session)}


def refused(room, code, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        room.ask(*args, **kwargs)
    assert caught.value.code == code


def joined(people=17, **kwargs):
    room = Room(**kwargs)
    for n in range(people):
        room.join("north" if n % 3 else "south")
    return room


def applied(drawn, number):
    """The worker's answer that led to a draw, once more under a number."""
    asked = {name: getattr(drawn, name) for name in ApplyDraw.__struct_fields__}
    return ApplyDraw(**{**asked, "number": number})


def test_all_random_sessions_are_drawn_together_in_sizes_within_one():
    room = joined()
    room.ask("DrawGroups")
    for session in ("one", "two"):
        assert sorted(sizes(room, session)) == [5, 6, 6]
        assert set().union(*groups(room, session).values()) == {p.id for p in room.people}
    draw = next(room.state.all(Draw))
    assert (draw.number, draw.sessions) == (1, ("one", "two"))
    assert draw.digest and room.state.get(Receipt, draw.id).seed


def test_before_the_reveal_only_facilitators_see_groups_and_seats():
    room = joined()
    room.ask("DrawGroups")
    assert {row.audience for kind in (Group, Seat) for row in room.state.all(kind)} == {"lead"}
    room.ask("RevealGroups", session="one")
    assert {g.audience for g in groups_of(room.state, "one")} == {"all"}
    assert {g.audience for g in groups_of(room.state, "two")} == {"lead"}
    for seat in room.state.where(Seat, "session", "one"):
        assert seat.audience == f"board:{seat.group}"
        assert f"board:{seat.group}" in room.state.get(Me, seat.person).audiences
        assert not any("two" in name for name in room.state.get(Me, seat.person).audiences)


def test_drawing_again_changes_only_what_is_not_revealed():
    room = joined()
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    shown, hidden = groups(room, "one"), groups(room, "two")
    room.ask("DrawGroups")
    assert groups(room, "one") == shown
    assert groups(room, "two") != hidden
    assert [d.number for d in room.state.all(Draw)] == [1, 2]
    room.ask("RevealGroups", session="two")
    refused(room, "nothing-to-draw", "DrawGroups")


def test_a_plan_for_people_who_have_changed_since_is_refused():
    room = joined()
    room.ask("DrawGroups")
    drawn = room.changes[-1].event
    room.ask("SetAway", person=room.people[0].id, away=True)
    with pytest.raises(Refused, match="people-changed"):
        room.do(applied(drawn, number=2), SERVER)


def test_when_two_press_draw_at_once_the_groups_that_come_first_stand():
    room = joined()
    room.ask("DrawGroups")
    first, drawn = groups(room, "one"), room.changes[-1].event
    second = applied(drawn, number=1)
    assert room.do(second, SERVER) is None
    assert groups(room, "one") == first
    assert [d.number for d in room.state.all(Draw)] == [1]


def test_a_draw_that_was_taken_back_is_counted():
    room = joined()
    room.ask("Undo", event=room.ask("DrawGroups").seq)
    room.ask("DrawGroups")
    assert [d.number for d in room.state.all(Draw)] == [1, 2]


def test_who_is_away_is_not_drawn():
    room = joined()
    room.ask("SetAway", person=room.people[0].id, away=True)
    room.ask("DrawGroups")
    assert room.people[0].id not in set().union(*groups(room, "one").values())


def test_fewer_people_than_groups_is_said_before_anything_is_drawn():
    refused(joined(2), "too-few-people", "DrawGroups")


def test_each_group_has_one_rapporteur_and_nobody_twice_while_others_have_not_been():
    room = joined()
    room.ask("DrawGroups")
    reporting = [s.person for s in room.state.all(Seat) if s.rapporteur]
    assert len(reporting) == 6 == len(set(reporting))


def test_groups_by_attribute_are_named_after_the_answer_and_take_latecomers_with_the_same():
    room = joined()
    room.ask("MakeGroups", session="regions")
    assert [(g.label, g.title) for g in groups_of(room.state, "regions")] == [("A", "north"), ("B", "south")]
    room.ask("RevealGroups", session="regions")
    late = room.join("south")
    assert room.state.get(Seat, f"regions.{late.id}").group == "regions.B"


def test_the_same_groups_again_and_groups_by_hand():
    plan = {**PLAN, "agenda": [
        PLAN["agenda"][1],
        {"id": "again", "kind": "groups", "grouping": "same", "sections": ["ideas"]},
        {"id": "hand", "kind": "groups", "grouping": "hand", "groups": 2, "sections": ["ideas"]},
    ]}  # fmt: skip
    room = joined(plan=plan)
    refused(room, "no-groups-before", "MakeGroups", session="again")
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    room.ask("MakeGroups", session="again")
    assert groups(room, "again") == groups(room, "one")
    room.ask("MakeGroups", session="hand")
    assert sizes(room, "hand") == [0, 0]
    room.ask("SeatPeople", session="hand", seats={room.people[0].id: "hand.B"})
    assert sizes(room, "hand") == [0, 1]
    refused(room, "nothing-to-draw", "MakeGroups", session="one")


def test_who_comes_late_sits_in_a_smallest_group_of_what_runs_and_of_what_is_planned():
    room = joined()
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    before = {s: {g.id: g.size for g in groups_of(room.state, s)} for s in ("one", "two")}
    late = room.join()
    for session in ("one", "two"):
        group = room.state.get(Seat, f"{session}.{late.id}").group
        assert before[session][group] == min(before[session].values())
    me = room.state.get(Me, late.id)
    assert [name for name in me.audiences if name.startswith("board:")] == [
        f"board:{room.state.get(Seat, f'one.{late.id}').group}"
    ]


def test_a_session_that_is_over_takes_no_latecomer():
    room = joined()
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    for step in ("work", "report-back", "themes"):
        room.open(f"one/{step}")
    room.ask("CloseStep", step="one/themes")
    late = room.join()
    assert room.state.get(Seat, f"one.{late.id}") is None
    assert room.state.get(Seat, f"two.{late.id}") is not None


def test_moving_somebody_keeps_the_sizes_and_their_audiences_right():
    room = Room().drawn(7)
    who = room.of("one.A")[0]
    total = sum(sizes(room, "one"))
    room.ask("SeatPeople", session="one", seats={who.id: "one.C"})
    counted = collections.Counter(s.group for s in room.state.where(Seat, "session", "one"))
    assert counted == {g.id: g.size for g in groups_of(room.state, "one")}
    assert sum(sizes(room, "one")) == total
    boards = [name for name in room.state.get(Me, who.id).audiences if name.startswith("board:one")]
    assert boards == ["board:one.C"]


def test_revealing_cannot_be_undone_and_needs_groups():
    room = joined()
    refused(room, "not-drawn", "RevealGroups", session="one")
    room.ask("DrawGroups")
    seq = room.ask("RevealGroups", session="one").seq
    refused(room, "cannot-undo", "Undo", event=seq)
    assert room.ask("RevealGroups", session="one") is None
    assert room.state.get(Session, "one").drawn
    assert room.folds()


def test_names_are_on_the_stage_only_where_the_workshop_says_so():
    room = Room(plan={**PLAN, "names_on_stage": True}).drawn()
    assert {s.audience for s in room.state.where(Seat, "session", "one")} == {"all"}


def test_more_than_eight_groups_repeat_the_shapes_with_a_number():
    agenda = [{"id": "many", "kind": "groups", "groups": 10, "sections": ["ideas"]}]
    room = joined(20, plan={**PLAN, "agenda": agenda})
    room.ask("DrawGroups")
    assert [g.label for g in groups_of(room.state, "many")] == [*"ABCDEFGH", "A2", "B2"]


def test_a_group_that_its_rapporteur_leaves_gets_another():
    room = Room().drawn(7)
    leaving = next(s for s in room.state.where(Seat, "session", "one") if s.rapporteur)
    group = next(g.id for g in groups_of(room.state, "one") if g.id != leaving.group)
    room.ask("SeatPeople", session=group.partition(".")[0], seats={leaving.person: group})
    for each in groups_of(room.state, "one"):
        assert sum(s.rapporteur for s in room.state.where(Seat, "group", each.id)) == 1


def test_who_comes_late_without_an_answer_sits_with_those_who_have_none():
    room = Room()
    room.join("north")
    room.do(Enrol(hash="without an answer", attributes={}), SERVER)
    room.ask("MakeGroups", session="regions")
    late = room.do(Enrol(hash="neither has this one", attributes={"language": "anything"}), SERVER)
    none = next(g.id for g in groups_of(room.state, "regions") if g.title == "")
    assert late.event.seats == [none]
    assert late.event.attributes == {}


def test_who_comes_late_where_names_are_shown_gets_the_board_too():
    room = Room(plan={**PLAN, "names_on_stage": True}).drawn()
    late = room.join()
    seat = room.state.get(Seat, f"one.{late.id}")
    assert seat.audience == "all"
    assert f"board:{seat.group}" in room.state.get(Me, late.id).audiences
