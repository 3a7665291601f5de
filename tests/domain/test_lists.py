"""Lists of names: groups that were made elsewhere, and who has met before."""

import pytest

from app.domain import grammar
from app.domain.core import Refused
from app.domain.lists import Listed
from app.domain.seating import seat_of
from app.ledger.base import without
from tests.domain.room import PLAN, Room

BY_HAND = {"id": "hand", "kind": "groups", "grouping": "hand", "groups": 2, "sections": ["ideas"]}


def named(*names, agenda=(BY_HAND,)):
    room = Room(plan={**PLAN, "agenda": list(agenda)})
    for name in names:
        room.join(name=name)
    return room


def group(room, n):
    seat = seat_of(room.state, "hand", room.people[n].id)
    return seat and seat.group


def test_people_sit_as_their_list_says_however_their_name_is_spelled_and_others_nowhere():
    room = named("Amína  Okoye", "JO", "Lee", "Twin", "twin")
    room.ask("ListGroups", session="hand", groups={"A": ["amina okoye", "Twin"], "C": ["Jo", "Nobody"]})
    room.ask("MakeGroups", session="hand")
    assert [group(room, n) for n in range(5)] == ["hand.A", "hand.C", None, None, None]
    room.ask("RevealGroups", session="hand")
    late = room.join(name="nobody")
    assert seat_of(room.state, "hand", late.id).group == "hand.C"
    assert room.folds()


def test_a_list_is_for_a_session_in_groups_and_names_each_person_once():
    room = named("Jo")
    for groups, code in (({"A": ["Jo"], "B": ["jo "]}, "named-twice"),):
        with pytest.raises(Refused, match=code):
            room.ask("ListGroups", session="hand", groups=groups)
    with pytest.raises(Refused, match="not-found"):
        room.ask("ListGroups", session="nowhere", groups={"A": ["Jo"]})


def test_who_sat_together_at_an_earlier_workshop_is_not_drawn_together_where_it_can_be_helped():
    room = named(*(f"P{n}" for n in range(6)), agenda=[{**PLAN["agenda"][1], "groups": 2}])
    room.ask("ListGroups", session="before", groups={"last year": ["P0", "P1"], "then": ["P2", "P3"]})
    room.ask("DrawGroups")
    at = [seat_of(room.state, "one", p.id).group for p in room.people]
    assert at[0] != at[1] and at[2] != at[3]


def test_a_forgotten_list_is_in_no_event_and_no_row():
    room = named("Jo")
    room.ask("ListGroups", session="hand", groups={"A": ["Hushed Name"]})
    room.ask("ListGroups", session="before", groups={"x": ["Kept Name"]})
    forgotten = room.ask("ForgetList", session="hand")
    assert room.state.get(Listed, "hand") is None
    changed, state = without(room.journal(), forgotten.event)
    silent = {e.seq: e for e in changed}
    told = b"".join(grammar.write(silent.get(e.seq, e).event) for e in room.journal())
    assert b"Hushed" not in told and b"Kept Name" in told
    assert b"Hushed" not in b"".join(grammar.write(row) for row in state.rows())


def test_who_comes_late_and_is_called_like_somebody_who_is_there_takes_nobodys_place():
    room = named("Jo")
    room.ask("ListGroups", session="hand", groups={"A": ["Jo"], "B": ["Lee"]})
    room.ask("MakeGroups", session="hand")
    room.ask("RevealGroups", session="hand")
    namesake = room.join(name="jo")
    assert seat_of(room.state, "hand", namesake.id) is None
