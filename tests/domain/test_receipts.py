"""Receipts: what may be known of a draw before and after the reveal, and that it can be checked."""

import copy
import json

import pytest

from app.domain.audiences import Viewer, catch_up, viewer
from app.domain.core import Principal, Refused
from app.domain.draws import ApplyDraw
from app.domain.lots import Commitment, Draw, Secret, next_number
from app.domain.receipts import Entry, receipt
from app.domain.rows import table
from app.domain.seating import Seat, groups_of
from app.thinking import grouping
from app.thinking.drawing import receipts
from tests.domain.room import SERVER, Room


def joined(people=12):
    room = Room()
    for n in range(people):
        room.join("north" if n % 3 else "south")
    return room


def revealed(people=12, **draw):
    room = joined(people)
    room.ask("DrawGroups", **draw)
    for session in ("one", "two"):
        room.ask("RevealGroups", session=session)
    return room


def told(room, number=1):
    return json.loads(json.dumps(receipt(room.state, number)))


def test_before_the_last_reveal_nothing_tells_what_is_still_to_come():
    room = joined()
    room.ask("DrawGroups", words="river")
    room.ask("RevealGroups", session="one")
    found = told(room)
    assert not {"secret", "seed", "instance", "rounds", "hosts"} & found.keys()
    assert [bool(s["drawn"]) for s in found["sessions"]] == [True, False]
    room.ask("RevealGroups", session="two")
    assert not any(p.id in json.dumps(told(room)) for p in room.people)


def test_a_receipt_stays_true_whatever_is_changed_by_hand():
    room = revealed()
    room.join()
    a, b, c = (room.of(f"one.{label}")[0].id for label in "ABC")
    moved = room.ask("SeatPeople", session="one", seats={a: "one.B", b: "one.A"})
    room.ask("Undo", event=moved.seq)
    room.ask("SeatPeople", session="one", seats={c: None})
    room.ask("SetAway", person=room.people[3].id, away=True)
    room.ask("ForgetPerson", person=room.of("one.A")[1].id)
    rest = {p.id: "two.A" for p in room.of("two.B")}
    room.ask("SeatPeople", session="two", seats=rest, dissolved=["two.B"])
    assert grouping.verify(told(room)) == {"ok": True, "first_difference": None}
    counted = [e["what"] for e in told(room)["entries"]]
    assert counted.count("came") == 2 and counted.count("left") == 3 and counted.count("moved") == 4 + len(rest)
    assert room.folds()


def changed(record, name):
    record = copy.deepcopy(record)
    if name == "entries":
        record["entries"][0]["group"] = "C" if record["entries"][0]["group"] != "C" else "A"
    elif name == "seated":
        people = record["seated"]["one"]
        people["A"], people["B"] = people["B"], people["A"]
    elif name == "sessions":
        record["sessions"][0]["drawn"].reverse()
    elif name == "luck":
        record["luck"] = ["99"]
    else:
        record[name] += "x"
    return record


@pytest.mark.parametrize(
    "name", ["seed", "words", "luck", "secret", "commitment", "public", "entries", "seated", "sessions", "digest"]
)
def test_whatever_is_changed_on_a_receipt_is_found(name):
    room = revealed(words="river")
    room.join()
    assert grouping.verify(told(room))["ok"]
    assert not grouping.verify(changed(told(room), name))["ok"]


def test_draws_are_numbered_with_the_reason():
    room = joined()
    room.ask("AddRule", rule="least", attribute="region", value="south", least=1)
    room.ask("DrawGroups")
    for _ in range(4):
        room.ask("DrawGroups")
    room.ask("AddRule", rule="apart", people=[p.id for p in room.people[:2]])
    room.ask("DrawGroups")
    room.join()
    room.ask("Undo", event=room.ask("DrawGroups").seq)
    room.ask("RevealGroups", session="one")
    room.ask("DrawGroups")
    reasons = [d.reason for d in sorted(room.state.all(Draw), key=lambda d: d.number)]
    assert reasons == ["first", *["again"] * 4, "rules", "people", "later"]
    assert room.folds()


def test_the_next_secret_is_committed_to_before_it_is_used():
    room = joined()
    room.ask("DrawGroups")
    before = room.state.get(Commitment, "draw-2").digest
    room.ask("DrawGroups")
    assert receipts.commitment(room.state.get(Secret, "draw-2").secret) == before
    assert room.changes[-1].event.secret == room.state.get(Secret, "draw-2").secret


def test_a_draw_whose_secret_was_not_the_one_committed_to_meanwhile_is_refused():
    room = joined()
    room.ask("DrawGroups")
    drawn = room.changes[-1].event
    asked = {name: getattr(drawn, name) for name in ApplyDraw.__struct_fields__}
    late = ApplyDraw(**{**asked, "number": 2})
    with pytest.raises(Refused, match="people-changed"):
        room.do(late, SERVER)
    assert late.secret != room.state.get(Secret, "draw-2").secret


def test_luck_is_added_once_each_and_only_to_a_draw_to_come():
    room = joined()
    assert room.ask("AddLuck", room.people[0], draw=1, luck="42")
    assert room.ask("AddLuck", room.people[0], draw=1, luck="43") is None
    room.ask("DrawGroups", words="two  rivers")
    with pytest.raises(Refused, match="draw-over"):
        room.ask("AddLuck", room.people[1], draw=1, luck="7")
    assert next_number(room.state) == 2
    room.ask("RevealGroups", session="one")
    room.ask("RevealGroups", session="two")
    assert told(room)["luck"] == ["42"] and told(room)["public"] == "two rivers|42"


def test_secrets_and_receipts_reach_nobody_and_entries_wait_for_the_reveal():
    room = joined()
    room.ask("DrawGroups")
    room.ask("SeatPeople", session="two", seats={room.of("two.A")[0].id: "two.B"})
    roles = ("stage", "facilitator", "organiser", "level:full", "level:team", "level:public")
    lookers = {role: Viewer(role) for role in roles}
    lookers["person"] = viewer(room.state, Principal("person", room.people[0].id))
    for role, looker in lookers.items():
        tables = {row["table"] if isinstance(row, dict) else table(row) for row in catch_up(room.state, looker, 0)}
        assert not {"secrets", "receipts"} & tables
        assert ("entries" in tables) == (role in ("facilitator", "organiser", "level:full"))
    room.ask("RevealGroups", session="two")
    assert {e.audience for e in room.state.all(Entry)} == {"all"}


def test_answers_cannot_be_read_from_a_receipt():
    room = revealed()
    people = told(room)["instance"]["participants"]
    assert {p["attrs"]["region"] for p in people} == {"1", "2"}
    assert [p["id"] for p in people] == sorted(p["id"] for p in people)


def test_an_undo_brings_no_seat_back_of_who_was_forgotten():
    room = joined()
    room.ask("DrawGroups")
    who = room.of("one.A")[0].id
    seq = room.ask("SeatPeople", session="one", seats={who: None}).seq
    room.ask("ForgetPerson", person=who)
    with pytest.raises(Refused, match="changed-since"):
        room.ask("Undo", event=seq)
    room.ask("RevealGroups", session="one")
    assert not [s for s in room.state.all(Seat) if s.person == who] and len(groups_of(room.state, "one")) == 3
    assert room.folds()
